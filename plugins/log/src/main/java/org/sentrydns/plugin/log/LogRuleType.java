package org.sentrydns.plugin.log;

import java.net.InetSocketAddress;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Query;
import org.sentrydns.api.Rule;
import org.sentrydns.api.RuleSyntaxException;
import org.sentrydns.api.RuleText;
import org.sentrydns.api.RuleType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Type;

/** Immutable. {@code log S}: one line for each query, then the next rule. */
public final class LogRuleType implements RuleType {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.rules.log");

    /** For {@link java.util.ServiceLoader}. */
    public LogRuleType() {}

    @Override
    public String verb() {
        return "log";
    }

    @Override
    public String syntax() {
        return "log S";
    }

    @Override
    public Rule compile(RuleText text) throws RuleSyntaxException {
        text.end();
        String subject = text.subject();
        return query -> {
            if (LOG.isInfoEnabled()) {
                LOG.info(
                        "logging query: {} matched by rule: {} with context: {}",
                        query.name(),
                        subject,
                        context(query));
            }
            return Outcome.pass();
        };
    }

    private static String context(Query query) {
        return "{'client': '" + address(query.client())
                + "', 'server': '" + address(query.server())
                + "', 'type': '" + Type.string(query.type())
                + "', 'class': '" + DClass.string(query.dnsClass()) + "'}";
    }

    // The address and never the host name, which would be looked up, perhaps through this very server.
    private static String address(InetSocketAddress socket) {
        String host = socket.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + socket.getPort();
    }
}
