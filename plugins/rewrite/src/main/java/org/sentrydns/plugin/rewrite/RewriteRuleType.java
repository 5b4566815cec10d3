package org.sentrydns.plugin.rewrite;

import org.sentrydns.api.Outcome;
import org.sentrydns.api.Rule;
import org.sentrydns.api.RuleSyntaxException;
import org.sentrydns.api.RuleText;
import org.sentrydns.api.RuleType;
import org.xbill.DNS.Name;

/** Immutable. {@code rewrite S to NAME}: the next rules see another name. */
public final class RewriteRuleType implements RuleType {

    /** For {@link java.util.ServiceLoader}. */
    public RewriteRuleType() {}

    @Override
    public String verb() {
        return "rewrite";
    }

    @Override
    public String syntax() {
        return "rewrite S to NAME";
    }

    @Override
    public boolean timed() {
        return false;
    }

    @Override
    public Rule compile(RuleText text) throws RuleSyntaxException {
        text.keyword("to");
        Name name = text.name("a destination");
        Template template = Template.of(name, text);
        text.end();
        if (template.fixed()) {
            Outcome outcome = Outcome.rewrite(name);
            return query -> outcome;
        }
        return query -> Outcome.rewrite(template.fill(query));
    }
}
