package org.sentrydns.plugin.resolve;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Policy;
import org.sentrydns.api.Rule;
import org.sentrydns.api.RuleSyntaxException;
import org.sentrydns.api.RuleText;
import org.sentrydns.api.RuleType;
import org.sentrydns.api.Upstream;

/** Immutable. {@code resolve S using U, U… [with …]}: upstreams answer. */
public final class ResolveRuleType implements RuleType {
    private static final Duration HEDGE_DELAY = Duration.ofMillis(50);
    private static final Pattern DELAY = Pattern.compile("([0-9]{1,6}(?:\\.[0-9]{1,6})?)(ms|s)");

    /** For {@link java.util.ServiceLoader}. */
    public ResolveRuleType() {}

    @Override
    public String verb() {
        return "resolve";
    }

    @Override
    public String syntax() {
        return "resolve S using U, U… [with race|failover|hedge [DELAY]]";
    }

    @Override
    public boolean alwaysDecides() {
        return true;
    }

    @Override
    public boolean timed() {
        return false;
    }

    @Override
    public Rule compile(RuleText text) throws RuleSyntaxException {
        text.keyword("using");
        List<Upstream> upstreams = text.upstreams();
        Policy policy = text.accept("with") ? policy(text) : new Policy.Race();
        text.end();
        Outcome outcome = Outcome.forward(upstreams, policy);
        return query -> outcome;
    }

    private static Policy policy(RuleText text) throws RuleSyntaxException {
        return switch (text.oneOf("race", "failover", "hedge")) {
            case "race" -> new Policy.Race();
            case "failover" -> new Policy.Failover();
            default -> new Policy.Hedge(text.hasNext() ? delay(text) : HEDGE_DELAY);
        };
    }

    private static Duration delay(RuleText text) throws RuleSyntaxException {
        String word = text.word("a delay");
        Matcher matcher = DELAY.matcher(word);
        Duration delay = matcher.matches() ? duration(matcher.group(1), matcher.group(2)) : Duration.ZERO;
        if (!delay.isPositive()) {
            throw text.error("'" + word + "' is no delay: expected one above zero such as 30ms, 0.2s or 1s");
        }
        return delay;
    }

    private static Duration duration(String number, String unit) {
        int digits = unit.equals("ms") ? 6 : 9;
        return Duration.ofNanos(new BigDecimal(number).movePointRight(digits).longValue());
    }
}
