package org.sentrydns.server.config;

import java.time.Duration;

/**
 * How long a rule may take, and what becomes of a query whose rule takes longer. Immutable.
 *
 * @param budget the time for one call; zero for no limit
 * @param overrun what becomes of the query
 */
public record RuleTime(Duration budget, Overrun overrun) {

    /** No limit. */
    public static final RuleTime UNLIMITED = new RuleTime(Duration.ZERO, Overrun.SERVFAIL);

    /** What becomes of a query whose rule takes too long. */
    public enum Overrun {
        /** The client gets SERVFAIL. */
        SERVFAIL,
        /** The next rule decides. */
        PASS,
        /** The next rule decides, for this query and for all that follow. */
        DISABLE
    }

    /** Whether there is a limit. */
    public boolean limited() {
        return budget.isPositive();
    }

    static RuleTime read(Section top) {
        Duration budget = top.value("rule_budget").orElse(null) instanceof JsonValue.Bool off && !off.value()
                ? Duration.ZERO
                : top.seconds("rule_budget").orElse(Duration.ofSeconds(1));
        return new RuleTime(budget, overrun(top));
    }

    private static Overrun overrun(Section top) {
        String word = top.text("rule_overrun", "servfail");
        return switch (word) {
            case "servfail" -> Overrun.SERVFAIL;
            case "pass" -> Overrun.PASS;
            case "disable" -> Overrun.DISABLE;
            default -> {
                top.value("rule_overrun").ifPresent(v -> top.problem(v, "expected servfail, pass or disable"));
                yield Overrun.SERVFAIL;
            }
        };
    }
}
