package org.sentrydns.server.plugin;

import org.sentrydns.api.Outcome;
import org.sentrydns.api.Rule;
import org.sentrydns.api.RuleText;
import org.sentrydns.api.RuleType;

/**
 * Stands for a rule type that did not start. Immutable. It takes any line, since what it is a part of is refused anyway.
 *
 * @param real the one that did not start
 */
record UnreadyRuleType(RuleType real) implements RuleType {

    @Override
    public String verb() {
        return real.verb();
    }

    @Override
    public String syntax() {
        return real.syntax();
    }

    @Override
    public Rule compile(RuleText text) {
        return query -> Outcome.pass();
    }
}
