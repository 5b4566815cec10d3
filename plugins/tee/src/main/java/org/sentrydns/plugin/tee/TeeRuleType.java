package org.sentrydns.plugin.tee;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.sentrydns.api.Counter;
import org.sentrydns.api.PluginContext;
import org.sentrydns.api.Rule;
import org.sentrydns.api.RuleSyntaxException;
import org.sentrydns.api.RuleText;
import org.sentrydns.api.RuleType;
import org.sentrydns.api.Upstream;

/** Confined to one thread. {@code tee S to U}: a copy of each query goes to another server. */
public final class TeeRuleType implements RuleType {
    private Counter sent = amount -> {};
    private Counter lost = amount -> {};

    /** For {@link java.util.ServiceLoader}. */
    public TeeRuleType() {}

    @Override
    public String verb() {
        return "tee";
    }

    @Override
    public String syntax() {
        return "tee S to U";
    }

    /** It never waits: what cannot be sent at once is lost. */
    @Override
    public boolean timed() {
        return false;
    }

    @Override
    public void start(PluginContext context) {
        sent = context.counter("sent");
        lost = context.counter("lost");
    }

    @Override
    public Rule compile(RuleText text) throws RuleSyntaxException {
        text.keyword("to");
        String word = text.word("an IP address, with a port or without");
        InetSocketAddress target = target(word, text);
        text.end();
        try {
            return TeeRule.open(target, sent, lost);
        } catch (IOException e) {
            throw text.error("cannot send to " + word + ": " + e.getMessage());
        }
    }

    private static InetSocketAddress target(String word, RuleText text) throws RuleSyntaxException {
        try {
            Upstream upstream = Upstream.parse(word);
            if (upstream.kind() == Upstream.Kind.UDP) {
                InetAddress host = InetAddress.getByName(upstream.host());
                if (host.isAnyLocalAddress()) {
                    throw text.error(
                            "copies to " + word + " would come back here: expected the address of another server");
                }
                return new InetSocketAddress(host, upstream.port());
            }
        } catch (IllegalArgumentException | IOException e) {
            // Said below.
        }
        throw text.error(
                "copies go over UDP: expected an IP address, with a port up to 65535 or without, such as 192.0.2.1,"
                        + " 192.0.2.1:5353 or [2001:db8::1]:53");
    }
}
