package org.sentrydns.server.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WordsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
                    log ^a             ~ 1log 5^a
                    log \t ^a          ~ 1log 7^a
                    a "b c" d          ~ 1a 3"b_c" 9d
                    a "b \\" c" d      ~ 1a 3"b_\\"_c" 12d
                    a "b c             ~ 1a 3"b 6c
                    a b"c d"           ~ 1a 3b"c 7d"
                    a "b c"d e         ~ 1a 3"b_c"d 10e
                    ``                 ~ ``
                    """)
    void of_line_keepsQuotedPartsWholeAndKnowsColumns(String line, String words) {
        assertEquals(
                words,
                Words.of(line).stream()
                        .map(word -> word.column() + word.text().replace(' ', '_'))
                        .collect(Collectors.joining(" ")));
    }
}
