package org.sentrydns.plugin.ttl;

import org.sentrydns.api.Outcome;
import org.sentrydns.api.Rule;
import org.sentrydns.api.RuleSyntaxException;
import org.sentrydns.api.RuleText;
import org.sentrydns.api.RuleType;

/** Immutable. {@code ttl S between MIN and MAX}: every TTL of the reply is brought between them. */
public final class TtlRuleType implements RuleType {
    private static final long MOST = 604_800;

    /** For {@link java.util.ServiceLoader}. */
    public TtlRuleType() {}

    @Override
    public String verb() {
        return "ttl";
    }

    @Override
    public String syntax() {
        return "ttl S between MIN and MAX";
    }

    @Override
    public boolean timed() {
        return false;
    }

    @Override
    public Rule compile(RuleText text) throws RuleSyntaxException {
        text.keyword("between");
        long least = seconds(text);
        text.keyword("and");
        long most = seconds(text);
        if (most < least) {
            throw text.error("the second number is smaller than the first");
        }
        text.end();
        Outcome outcome = Outcome.onReply((query, reply) -> reply.withTtls(ttl -> Math.clamp(ttl, least, most)));
        return query -> outcome;
    }

    private static long seconds(RuleText text) throws RuleSyntaxException {
        String word = text.word("seconds");
        long seconds = word.matches("[0-9]{1,7}") ? Long.parseLong(word) : -1;
        if (seconds < 0 || seconds > MOST) {
            throw text.error("expected seconds from 0 to " + MOST);
        }
        return seconds;
    }
}
