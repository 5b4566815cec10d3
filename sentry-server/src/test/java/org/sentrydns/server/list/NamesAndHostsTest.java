package org.sentrydns.server.list;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NamesAndHostsTest {

    @ParameterizedTest
    @CsvSource(delimiterString = "->", quoteCharacter = '`', textBlock = """
                    ads.example                              -> ads.example              -> 1
                    ads.example                              -> a.b.ads.example          -> 1
                    ads.example                              -> xads.example             -> -
                    ads.example                              -> example                  -> -
                    ads.example                              -> .                        -> -
                    ads.example                              -> x\\.ads.example          -> -
                    ads.example                              -> x\\\\.ads.example        -> 1
                    ads.example.                             -> ads.example              -> 1
                    ADS.Example                              -> ads.example              -> 1
                    \\t ads.example \\t                      -> ads.example              -> 1
                    zip                                      -> a.zip                    -> 1
                    _dmarc.a-b.example                       -> _dmarc.a-b.example       -> 1
                    a.example # why                          -> a.example                -> 1
                    a.example#why                            -> a.example                -> 1
                    a.example ; why                          -> a.example                -> 1
                    a.example;why                            -> a.example                -> 1
                    a.example ! why                          -> a.example                -> 1
                    a.example // why                         -> a.example                -> 1
                    a.example\\nb.a.example                  -> c.b.a.example            -> 2
                    a.example\\nb.a.example                  -> c.a.example              -> 1
                    *.a.example                              -> a.example                -> -
                    *.a.example                              -> b.a.example              -> 1
                    *.a.example                              -> c.b.a.example            -> 1
                    *.a.example\\na.example                  -> a.example                -> 2
                    .a.example                               -> a.example                -> 1
                    .a.example                               -> b.a.example              -> 1
                    münchen.example                          -> xn--mnchen-3ya.example   -> 1
                    MÜNCHEN.example                          -> xn--mnchen-3ya.example   -> 1
                    *.bücher。example                         -> a.xn--bcher-kva.example  -> 1
                    straße.example                           -> strasse.example          -> -
                    βόλος.example                            -> xn--nxasmq6b.example     -> -
                    a\u200db.example                         -> ab.example               -> -
                    xn--strae-oqa.example                    -> xn--strae-oqa.example    -> 1
                    1.2.3.4.example                          -> 1.2.3.4.example          -> 1
                    1.2.3.256                                -> 1.2.3.256                -> 1
                    0.0.0.0 a.example                        -> a.example                -> 1
                    0.0.0.0 a.example                        -> b.a.example              -> 1
                    0.0.0.0 a.example.                       -> a.example                -> 1
                    127.0.0.1\\ta.example b.example # c.example -> b.example             -> 1
                    127.0.0.1\\ta.example b.example # c.example -> c.example             -> -
                    0.0.0.0 a.example#c                      -> a.example                -> 1
                    :: a.example                             -> a.example                -> 1
                    ::1 a.example                            -> a.example                -> 1
                    fe80::1%lo0 a.example                    -> a.example                -> 1
                    2001:db8::1 a.example                    -> a.example                -> 1
                    ::ffff:1.2.3.4 a.example                 -> a.example                -> 1
                    192.168.1.7 nas                          -> nas                      -> 1
                    127.0.0.1 localhost                      -> localhost                -> -
                    127.0.0.1 LocalHost                      -> localhost                -> -
                    ::1 ip6-localhost ip6-loopback           -> ip6-loopback             -> -
                    0.0.0.0 0.0.0.0                          -> 0.0.0.0                  -> -
                    0.0.0.0 localhost a.example              -> a.example                -> 1
                    0.0.0.0 a.example b..example             -> a.example                -> -
                    """)
    void find_inNamesAndHosts_matchesTheNameAndBelow(String list, String question, String expected) {
        assertEquals(expected, ListTexts.find(ListTexts.read(list), question));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "->", quoteCharacter = '`', textBlock = """
                    `# c\\n; c\\n! c\\n// c\\n\\n  \\n#\\n## c\\n### c ###` -> 0 0 0 0 0 0
                    a.example\\nA.example.\\na.example # again      -> 1 0 0 2 0 0
                    a.example\\n*.a.example\\n.a.example            -> 2 0 0 1 0 0
                    0.0.0.0 a.example b.example a.example           -> 2 0 0 1 0 0
                    127.0.0.1 localhost\\n0.0.0.0 0.0.0.0\\n255.255.255.255 broadcasthost -> 0 0 0 0 3 0
                    fe80::1%lo0 localhost\\nff02::1 ip6-allnodes\\n::1 localhost.localdomain -> 0 0 0 0 3 0
                    a.example b.example                             -> 0 0 0 0 0 1
                    0.0.0.0 a.example b..example                    -> 0 0 0 0 0 1
                    """)
    void report_ofNamesAndHosts_countsEachOnce(String list, String counts) {
        assertEquals(counts, ListTexts.counts(ListTexts.read(list)));
    }
}
