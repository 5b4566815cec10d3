package org.sentrydns.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
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
}
