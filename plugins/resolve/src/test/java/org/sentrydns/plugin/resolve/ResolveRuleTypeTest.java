package org.sentrydns.plugin.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Policy;
import org.sentrydns.api.RuleSyntaxException;
import org.sentrydns.api.RuleType;
import org.sentrydns.api.Upstream;
import org.sentrydns.testkit.RuleLine;

final class ResolveRuleTypeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "resolve ^ using 8.8.8.8                                | 8.8.8.8:53",
                "resolve ^ using 8.8.4.4, 8.8.8.8:5353                  | 8.8.4.4:53 8.8.8.8:5353",
                "resolve ^ using 8.8.4.4,[2001:db8::1]:54 with race     | 8.8.4.4:53 [2001:db8::1]:54",
                "resolve ^ using system , tcp://1.1.1.1 if x is y       | system tcp://1.1.1.1:53"
            })
    void resolve_anyUpstreams_racesThemInOrder(String line, String upstreams) throws Exception {
        List<Upstream> expected =
                Arrays.stream(upstreams.split(" ", -1)).map(Upstream::parse).toList();
        assertEquals(Outcome.forward(expected, new Policy.Race()), forward(line));
    }

    @ParameterizedTest
    @CsvSource({"hedge,50", "hedge 30ms,30", "hedge 0.2s,200", "hedge 1s,1000", "hedge 1.5ms if x is y,1.5"})
    void resolve_withHedge_takesTheDelay(String with, double millis) throws Exception {
        Policy expected = new Policy.Hedge(Duration.ofNanos(Math.round(millis * 1_000_000)));
        assertEquals(
                expected,
                forward("resolve ^ using 8.8.8.8, 8.8.4.4 with " + with).policy());
    }

    @Test
    void resolve_withFailover_asksInTurn() throws Exception {
        assertEquals(
                new Policy.Failover(),
                forward("resolve ^ using 8.8.8.8, 8.8.4.4 with failover").policy());
    }

    @Test
    void resolve_anyQuery_makesTheOutcomeOnce() throws Exception {
        try (RuleLine rule = RuleLine.of(new ResolveRuleType(), "resolve ^ using system")) {
            assertSame(rule.ask("a.test"), rule.ask("b.test"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "resolve ^a                         | 11 | expected 'using'",
                "resolve ^a with 8.8.8.8            | 12 | expected 'using'",
                "resolve ^a using                   | 17 | expected an upstream",
                "resolve ^a using 8.8.8.8,          | 26 | expected an upstream",
                "resolve ^a using 8.8.8.8, 8.8.8.8  | 27 | '8.8.8.8' is there twice",
                "resolve ^a using 8.8.8.8 8.8.4.4   | 26 | expected a comma before the next upstream",
                "resolve ^a using 8.8.8.8 with luck | 31 | expected one of race, failover, hedge",
                "resolve ^a using 8.8.8.8 with race 5ms  | 36 | expected 'if' or the end of the rule",
                "resolve ^a using 8.8.8.8 with hedge 5   | 37 | '5' is no delay: expected one above zero such as 30ms, 0.2s or 1s",
                "resolve ^a using 8.8.8.8 with hedge 0ms | 37 | '0ms' is no delay: expected one above zero such as 30ms, 0.2s or 1s",
                "resolve ^a using 8.8.8.8 with hedge 1s 2 | 40 | expected 'if' or the end of the rule"
            })
    void compile_wrongArguments_saysWhereAndWhat(String line, int column, String message) {
        RuleSyntaxException error = RuleLine.mistake(new ResolveRuleType(), line);
        assertEquals(message, error.getMessage());
        assertEquals(column, error.column());
    }

    @Test
    void services_nameThisVerbAlone() {
        assertEquals(
                List.of("resolve"),
                ServiceLoader.load(RuleType.class).stream()
                        .map(found -> found.get().verb())
                        .toList());
    }

    private static Outcome.Forward forward(String line) throws Exception {
        return (Outcome.Forward) RuleLine.of(new ResolveRuleType(), line).ask("example.com");
    }
}
