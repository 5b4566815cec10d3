package org.sentrydns.plugin.delay;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Rule;
import org.sentrydns.api.RuleSyntaxException;
import org.sentrydns.api.RuleText;
import org.sentrydns.api.RuleType;

/** Immutable. {@code delay S by 50ms[-200ms]}: waits, then the next rule. */
public final class DelayRuleType implements RuleType {
    private static final long MAX_MILLIS = 10_000;

    /** For {@link java.util.ServiceLoader}. */
    public DelayRuleType() {}

    @Override
    public String verb() {
        return "delay";
    }

    @Override
    public String syntax() {
        return "delay S by 50ms[-200ms]";
    }

    /** It ends by itself; the user has said when. */
    @Override
    public boolean timed() {
        return false;
    }

    @Override
    public Rule compile(RuleText text) throws RuleSyntaxException {
        text.keyword("by");
        String[] ends = text.word("a time such as 50ms").split("-", 2);
        long least = millis(ends[0], text);
        long most = ends.length == 1 ? least : millis(ends[1], text);
        if (most < least) {
            throw text.error("the second time is shorter than the first");
        }
        text.end();
        return query -> {
            if (!query.isRehearsal()) {
                Thread.sleep(Duration.ofMillis(ThreadLocalRandom.current().nextLong(least, most + 1)));
            }
            return Outcome.pass();
        };
    }

    private static long millis(String word, RuleText text) throws RuleSyntaxException {
        long millis = word.matches("[0-9]{1,6}ms")
                ? Long.parseLong(word.substring(0, word.length() - 2))
                : word.matches("[0-9]{1,3}s") ? Long.parseLong(word.substring(0, word.length() - 1)) * 1000 : -1;
        if (millis < 0 || millis > MAX_MILLIS) {
            throw text.error("expected a time such as 50ms or 2s, or two such as 50ms-200ms, up to 10s");
        }
        return millis;
    }
}
