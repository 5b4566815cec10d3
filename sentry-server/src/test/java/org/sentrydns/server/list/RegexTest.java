package org.sentrydns.server.list;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                    """)
    void find_inRegularExpressions_searchesTheName(String list, String question, String expected) {
        assertEquals(expected, ListTexts.find(ListTexts.read(list), question));
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
