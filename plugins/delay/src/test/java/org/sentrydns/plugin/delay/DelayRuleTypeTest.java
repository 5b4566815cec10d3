package org.sentrydns.plugin.delay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.RuleSyntaxException;
import org.sentrydns.testkit.RuleLine;
import org.sentrydns.testkit.TestQuery;

final class DelayRuleTypeTest {

    @ParameterizedTest
    @CsvSource({"20ms,20", "10ms-30ms,10", "0ms,0"})
    void delay_matchingQuery_waitsAtLeastThatLongAndPasses(String time, long millis) throws Exception {
        try (RuleLine line = RuleLine.of("delay ^ by " + time)) {
            long start = System.nanoTime();
            assertEquals(Outcome.pass(), line.ask("a.test"));
            assertTrue(System.nanoTime() - start >= millis * 1_000_000);
        }
    }

    @Test
    void delay_rehearsal_doesNotWait() throws Exception {
        try (RuleLine line = RuleLine.of("delay ^ by 10s")) {
            Thread.currentThread().interrupt();
            assertEquals(Outcome.pass(), line.ask(TestQuery.of("a.test").rehearsed()));
            assertThrows(InterruptedException.class, () -> line.ask("a.test"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "delay ^a              | 9  | expected 'by'",
                "delay ^a by           | 12 | expected a time such as 50ms",
                "delay ^a by 50        | 13 | expected a time such as 50ms or 2s, or two such as 50ms-200ms, up to 10s",
                "delay ^a by 11s       | 13 | expected a time such as 50ms or 2s, or two such as 50ms-200ms, up to 10s",
                "delay ^a by 50ms-     | 13 | expected a time such as 50ms or 2s, or two such as 50ms-200ms, up to 10s",
                "delay ^a by 50ms-20ms | 13 | the second time is shorter than the first",
                "delay ^a by 50ms now  | 18 | expected 'if' or the end of the rule"
            })
    void compile_wrongArguments_saysWhereAndWhat(String line, int column, String message) {
        RuleSyntaxException error = RuleLine.mistake(line);
        assertEquals(message, error.getMessage());
        assertEquals(column, error.column());
    }
}
