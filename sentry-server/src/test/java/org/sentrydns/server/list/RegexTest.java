package org.sentrydns.server.list;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RegexTest {

    @ParameterizedTest
    @CsvSource(delimiterString = "->", quoteCharacter = '`', textBlock = """
                    /^ads?[0-9]/                             -> ad7.example              -> 1
                    /^ads?[0-9]/                             -> x.ad7.example            -> -
                    /AD[0-9]/                                -> x.ad7.example            -> 1
                    /\\.example$/                            -> a.example                -> 1
                    /\\.example\\.$/                         -> a.example                -> 1
                    /\\.example\\.$/                         -> a.example.org            -> -
                    /^\\.$/                                  -> .                        -> 1
                    /^/                                      -> a.example                -> 1
                    /a{1,2}b$/$dnstype=AAAA                  -> xaab AAAA                -> 1
                    /a{1,2}b$/$dnstype=AAAA                  -> xaab A                   -> -
                    /a$/$important\\n@@||a^                  -> a                        -> 1
                    ||a.example^\\n@@/^b/                    -> b.a.example              -> -
                    ||a.example^\\n@@/^b/                    -> c.a.example              -> 1
                    /a/\\n||a.example^                       -> a.example                -> 2
                    /a/\\n/b/                                -> ab                       -> 1
                    /(a+)+$/                                 -> aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.b -> -
                    /(a+)+$/\\n/b$/                          -> aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.b -> 2
                    /a/$script                               -> a                        -> -
                    /^ads[0-9]+$$/                           -> ads7                     -> 1
                    /a$$/$important\\n@@/a/                   -> a                        -> 1
                    /^[^#]+ads/ # why                        -> xads                     -> 1
                    """)
    void find_inRegularExpressions_searchesTheName(String list, String question, String expected) {
        assertEquals(expected, ListTexts.find(ListTexts.read(list), question));
    }

    /** As Pi-hole has them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "^ads[0-9]*\\.",
                "(^|\\.)stat\\.example$",
                "^(.+[_.-])?adse?rv(er?|ice)?s?[0-9]*[_.-]",
                "(?:^|\\.)ads",
                "^ads$",
                "@@^ads"
            })
    void read_regularExpressionWithoutSlashes_saysThatTheyAreMissing(String line) {
        ReadList list = ListTexts.read(line.getBytes(StandardCharsets.UTF_8));
        assertEquals("0 0 0 0 0 1", ListTexts.counts(list));
        assertEquals(
                "no rule for names: expected a regular expression between slashes, as in /^ads[0-9]/",
                list.report().firstUnreadable().getFirst().reason());
    }

    @Test
    void read_badRegularExpression_isUnreadable() {
        ReadList list = ListTexts.read("a.example\\n/(a/\\n/b/\\n/b/");
        assertEquals("1 0 1 1 0 1", ListTexts.counts(list));
        ListReport.BadLine bad = list.report().firstUnreadable().get(0);
        assertEquals(new ListReport.BadLine(2, "/(a/", "no regular expression: Unclosed group"), bad);
    }

    /** How deep is too deep depends on the thread's stack. */
    @Test
    void read_regularExpressionsThatAreTooDeepToBeTried_harmNobodyElse() {
        StringBuilder lines = new StringBuilder("a.example");
        for (int parts = 100; parts <= 100_000; parts *= 2) {
            lines.append("\\n/").append("(?:)".repeat(parts)).append("q/");
        }
        ReadList list = ListTexts.read(lines.toString());
        assertEquals("1", ListTexts.find(list, "a.example"));
        assertEquals("-", ListTexts.find(list, "b.example"));
        assertEquals(6, list.report().unreadable());
        assertEquals(
                "a regular expression of 6401 characters, of which there may be 4096",
                list.report().firstUnreadable().getFirst().reason());
    }
}
