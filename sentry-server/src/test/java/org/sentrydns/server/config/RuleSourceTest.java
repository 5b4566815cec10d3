package org.sentrydns.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns inside JSON strings point at the character as it is written, escapes and all. */
final class RuleSourceTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    log ^a          ~ 0 ~ 1 ~ l
                    log ^a          ~ 0 ~ 5 ~ ^
                    log ^a\\\\.b X  ~ 0 ~ 11 ~ X
                    log \\u0041 X   ~ 0 ~ 7 ~ X
                    log \\" \\/ X   ~ 0 ~ 9 ~ X
                    log ^a\\n  log X ~ 1 ~ 5 ~ X
                    \\tlog X        ~ 0 ~ 5 ~ X
                    \\u0020 log X   ~ 0 ~ 5 ~ X
                    """)
    void problem_behindEscapes_pointsAtTheRawCharacter(String raw, int rule, int column, String expected)
            throws Exception {
        Config config = Reading.good(folder, "{ \"rules\": [\n  \"" + raw + "\" ] }");
        Problem problem = config.rules().get(rule).problem(column, "here");
        assertEquals(2, problem.line());
        assertEquals(expected, problem.text().substring(problem.column() - 1, problem.column()));
    }

    @ParameterizedTest
    @CsvSource({"0,2", "1,2", "2,3"})
    void place_ofARule_isTheLineOfTheFile(int rule, int line) throws Exception {
        Config config = Reading.good(folder, "{ \"rules\": [\n \"log a\\nlog b\",\n \"log c\" ] }");
        assertEquals(
                folder.resolve("sentry.json") + ":" + line,
                config.rules().get(rule).place());
    }

    /** As programs write it: all rules on one line. */
    @Test
    void problem_inALongLine_showsWhatStandsAroundIt() throws Exception {
        String many =
                IntStream.range(1000, 3000).mapToObj(i -> "\"log a" + i + "\"").collect(Collectors.joining(", "));
        Config config = Reading.good(folder, "{ \"rules\": [" + many + "] }");
        String[] lines = config.rules().get(1000).problem(5, "here").toString().split("\n", -1);

        assertEquals(folder.resolve("sentry.json") + ":1:13018: here", lines[0]);
        assertTrue(lines[1].startsWith("…") && lines[1].endsWith("…"), lines[1]);
        assertEquals("a2000", lines[1].substring(lines[2].length() - 1, lines[2].length() + 4));
        assertTrue(lines[1].length() < 310, lines[1]);
        assertEquals(
                folder.resolve("sentry.json") + ":1", config.rules().get(1999).place());
    }
}
