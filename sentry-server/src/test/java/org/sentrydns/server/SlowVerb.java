package org.sentrydns.server;

/** The source of a verb whose rule waits, until a test opens its gate, and only then needs a class that was not loaded. */
final class SlowVerb {
    static final String SOURCE = """
            import org.sentrydns.api.*;
            public final class Slow implements RuleType {
                public String verb() { return "slow"; }
                public String syntax() { return "slow S"; }
                public Rule compile(RuleText text) {
                    return query -> {
                        System.setProperty("sentry.test.gate", "in");
                        while (!"open".equals(System.getProperty("sentry.test.gate"))) {
                            Thread.onSpinWait();
                        }
                        return later();
                    };
                }
                private static Outcome later() { return new Late().outcome(); }
                private static final class Late { Outcome outcome() { return Outcome.answer(Reply.empty()); } }
            }
            """;

    private SlowVerb() {}
}
