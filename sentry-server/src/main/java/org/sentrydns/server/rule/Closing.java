package org.sentrydns.server.rule;

import org.sentrydns.api.Rule;
import org.sentrydns.server.plugin.Fatal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets go of what a rule holds: a rule may be a stranger's, and what it throws must not keep the others. */
final class Closing {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.core");

    private Closing() {}

    static void close(Rule rule, String name) {
        if (rule instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Throwable e) {
                Fatal.rethrow(e);
                LOG.warn("{} was not closed well: {}", name, e.toString());
            }
        }
    }
}
