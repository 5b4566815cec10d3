package org.sentrydns.server.list;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DnsmasqTest {

    @ParameterizedTest
    @CsvSource(delimiterString = "->", quoteCharacter = '`', textBlock = """
                    address=/a.example/0.0.0.0               -> a.example                -> 1
                    address=/a.example/0.0.0.0               -> b.a.example              -> 1
                    address=/a.example/0.0.0.0               -> ba.example               -> -
                    address=/a.example/#                     -> a.example                -> 1
                    address=/a.example/:: # why              -> a.example                -> 1
                    address=/a.example/                      -> b.a.example              -> 1 NXDOMAIN
                    address=/a.example/b.example/            -> b.example                -> 1 NXDOMAIN
                    address=/.A.example/                     -> a.example                -> 1 NXDOMAIN
                    local=/a.example/                        -> a.example                -> 1 NXDOMAIN
                    server=/a.example/                       -> a.example                -> 1 NXDOMAIN
                    server=/a.example/1.1.1.1#5353           -> a.example                -> 1
                    address=/a.example/\\nserver=/b.a.example/# -> b.a.example           -> -
                    address=/a.example/\\nserver=/b.a.example/# -> c.a.example           -> 1 NXDOMAIN
                    address=/*.a.example/                    -> a.example                -> -
                    address=/*.a.example/                    -> b.a.example              -> 1 NXDOMAIN
                    address=/*a.example/                     -> ba.example               -> 1 NXDOMAIN
                    address=/*a.example/                     -> c.ba.example             -> 1 NXDOMAIN
                    address=/*a.example/                     -> a.example.org            -> -
                    address=/#/0.0.0.0                       -> a.example                -> -
                    address=/a.example/b..example/           -> a.example                -> -
                    """)
    void find_inDnsmasqLines_matchesTheNameAndBelow(String list, String question, String expected) {
        assertEquals(expected, ListTexts.find(ListTexts.read(list), question));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "->", quoteCharacter = '`', textBlock = """
                    `port=53\\nconf-dir=/etc/dnsmasq.d, *.conf\\nno-resolv\\nbogus-priv # c\\nserver=8.8.8.8` -> 0 0 0 0 5 0
                    address=/a.example/\\naddress=/a.example/\\nlocal=/a.example/ -> 1 0 0 2 0 0
                    address=/#/1.2.3.4\\naddress=/a.example\\naddress=a.example -> 0 0 0 0 0 3
                    server=/a.example/#\\nserver=//               -> 0 1 0 0 1 0
                    """)
    void report_ofDnsmasqLines_countsEach(String list, String counts) {
        assertEquals(counts, ListTexts.counts(ListTexts.read(list)));
    }
}
