package org.sentrydns.server.upstream;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has Java read its certificates and make a first hello before a query waits for an upstream over TLS or HTTPS: that takes most
 * of a second on a slow machine, and a query has one. Nothing is sent.
 */
public final class Encryption {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.net");

    private Encryption() {}

    /** Whether a rule line names such an upstream. */
    public static boolean isWanted(String rule) {
        return rule.contains("tls://") || rule.contains("https://");
    }

    public static void prepare() {
        try {
            SSLEngine engine = SSLContext.getDefault().createSSLEngine("one.invalid", 853);
            engine.setUseClientMode(true);
            ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.beginHandshake();
            engine.wrap(ByteBuffer.allocate(0), hello);
        } catch (GeneralSecurityException | SSLException e) {
            LOG.debug("encryption is not prepared: {}", e.toString());
        }
    }
}
