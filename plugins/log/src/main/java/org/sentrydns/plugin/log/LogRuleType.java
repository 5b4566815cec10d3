package org.sentrydns.plugin.log;

import org.sentrydns.api.Outcome;
import org.sentrydns.api.Rule;
import org.sentrydns.api.RuleSyntaxException;
import org.sentrydns.api.RuleText;
import org.sentrydns.api.RuleType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
    public boolean timed() {
        return false;
    }

    @Override
    public Rule compile(RuleText text) throws RuleSyntaxException {
        text.end();
        String subject = text.subject();
        return query -> {
            if (!query.isRehearsal() && LOG.isInfoEnabled()) {
                LOG.info(
                        "logging query: {} matched by rule: {} with context: {}",
                        query.name(),
                        subject,
                        query.context());
            }
            return Outcome.pass();
        };
    }
}
