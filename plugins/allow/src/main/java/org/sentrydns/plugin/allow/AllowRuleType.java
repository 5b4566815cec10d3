package org.sentrydns.plugin.allow;

import org.sentrydns.api.Outcome;
import org.sentrydns.api.Rule;
import org.sentrydns.api.RuleSyntaxException;
import org.sentrydns.api.RuleText;
import org.sentrydns.api.RuleType;

/** Immutable. {@code allow S}: the block rules behind it are passed over. */
public final class AllowRuleType implements RuleType {

    /** For {@link java.util.ServiceLoader}. */
    public AllowRuleType() {}

    @Override
    public String verb() {
        return "allow";
    }

    @Override
    public String syntax() {
        return "allow S";
    }

    @Override
    public boolean timed() {
        return false;
    }

    @Override
    public Rule compile(RuleText text) throws RuleSyntaxException {
        text.end();
        Outcome outcome = Outcome.passOver("block");
        return query -> outcome;
    }
}
