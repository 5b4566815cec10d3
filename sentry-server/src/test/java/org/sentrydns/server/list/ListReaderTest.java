package org.sentrydns.server.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ListReaderTest {
    private static final List<String> LINES = List.of(
            "0.0.0.0 a.example b.example # c",
            "a.b.example",
            "*.a.example",
            "||a.example^$dnstype=A|~AAAA,denyallow=b.a.example",
            "@@||a*.example^$important",
            "/^a(b|c)+$/$badfilter",
            "address=/a.example/*b.example/",
            "a.example##.x",
            "$ORIGIN rpz.example.",
            "@ SOA a. b. ( 1 2 3 4 5 )",
            " a\\.b.example 60 IN CNAME rpz-drop.",
            "münchen.example",
            "fe80::1%lo0 a.example");

    @ParameterizedTest
    @CsvSource(delimiterString = "->", quoteCharacter = '`', textBlock = """
                    a..example             -> 'a..example' is no domain name: a label is empty
                    ..                     -> '.' is no domain name: a label is empty
                    .                      -> '.' is no domain name: a label is empty
                    *                      -> '*' is no domain name: expected '*' only in front, as in *.example.com
                    a*.example             -> 'a*.example' is no domain name: expected '*' only in front, as in *.example.com
                    *.*.example            -> '*.example' is no domain name: expected '*' only in front, as in *.example.com
                    straße.example         -> 'straße.example' is ambiguous: IDNA 2003 and 2008 make different names of it (write its xn-- form)
                    0.0.0.0 βόλος.example  -> 'βόλος.example' is ambiguous: IDNA 2003 and 2008 make different names of it (write its xn-- form)
                    a.exa+mple             -> 'a.exa+mple' is no domain name: '+' cannot be in one
                    a.example:80           -> 'a.example:80' is no domain name: ':' cannot be in one
                    a\\032b.example        -> 'a\\032b.example' is no domain name: '\\' cannot be in one
                    1.2.3.4                -> '1.2.3.4' is an address: expected a domain name
                    2001:db8::1            -> '2001:db8::1' is an address: expected a domain name
                    0.0.0.0 10.0.0.1       -> '10.0.0.1' is an address: expected a domain name
                    10.0.0.0/8             -> '10.0.0.0/8' is no domain name: '/' cannot be in one
                    <a>b</a>               -> '<a>b</a>' is no domain name: '<' cannot be in one
                    ||1.2.3.4^             -> '1.2.3.4' is an address: expected a domain name
                    a.example b.example    -> expected one name, an address and names, or a comment behind '#'
                    <html lang="en">       -> expected one name, an address and names, or a comment behind '#'
                    ||*^                   -> this is every name: expected dnstype or denyallow, or the regular expression /^/ if it is meant
                    @@||a b^               -> 'a b' is no domain name: the character U+0020 cannot be in one
                    ||a.example^ why       -> expected one rule, or a comment behind '#'
                    https://a.example is   -> expected one rule, or a comment behind '#'
                    ||a.example^$client=x  -> unknown modifier 'client': expected important, dnstype, denyallow or badfilter
                    ||a.example^$dnsrewrite=x -> unknown modifier 'dnsrewrite': expected important, dnstype, denyallow or badfilter
                    ||a.example^$          -> unknown modifier '': expected important, dnstype, denyallow or badfilter
                    ||a.example^$dnstype=X -> unknown type 'X': expected dnstype=A|AAAA or dnstype=~A
                    ||a.example^$denyallow= -> '' is no domain name: a label is empty
                    ||ä*.example^          -> 'ä*.example' is no part of a domain name
                    address=/#/0.0.0.0     -> '#' is every name: expected a name, or the regular expression /^/ on a line of its own if it is meant
                    address=/a.example     -> expected '/' behind the name, as in address=/example.com/
                    """)
    void read_unreadableLine_saysWhatIsWrong(String line, String reason) {
        ReadList list = ListTexts.read("ok.example\n" + line + "\nalso.example");
        assertEquals(
                List.of(new ListReport.BadLine(2, line, reason)), list.report().firstUnreadable());
        assertEquals("2 0 0 0 0 1", ListTexts.counts(list));
        assertEquals("3", ListTexts.find(list, "also.example"));
    }

    @Test
    void read_longNames_endsAtTheLimitsOfDns() {
        String label = "a".repeat(63);
        String longest = (label + '.').repeat(3) + "a".repeat(61);
        ReadList list =
                ListTexts.read(longest + ".\n" + longest + "a\n" + label + "a.example\n" + "a.".repeat(600) + "a");
        assertEquals("1", ListTexts.find(list, longest));
        assertEquals(
                List.of(
                        "it is longer than 253 bytes",
                        "a label is longer than 63 bytes",
                        "it is longer than 253 bytes"),
                list.report().firstUnreadable().stream()
                        .map(bad -> bad.reason().substring(bad.reason().indexOf(": ") + 2))
                        .toList());
    }

    @Test
    void read_bomAndCrLf_areNotPartOfNames() {
        ReadList list =
                ListTexts.read("\ufeffa.example\r\nb.example\r\n\r\n0.0.0.0 c.example\r\n||d.example^\r\ne.example");
        assertEquals("5 0 0 0 0 0", ListTexts.counts(list));
        assertEquals("1", ListTexts.find(list, "a.example"));
        assertEquals("4", ListTexts.find(list, "c.example"));
        assertEquals("6", ListTexts.find(list, "e.example"));
    }

    @Test
    void read_nulBytes_areUnreadable() {
        ReadList list = ListTexts.read("\0\na\0b.example\n\0 c.example\n");
        assertEquals("0 0 0 0 0 3", ListTexts.counts(list));
        assertEquals(
                "'a\ufffdb.example' is no domain name: the character U+0000 cannot be in one",
                list.report().firstUnreadable().get(1).reason());
    }

    @Test
    void read_endlessLine_isUnreadableAndEndsNothing() {
        String text = "a.example\n" + "x".repeat(1_000_000) + "\nb.example\n" + "y".repeat(200_000);
        ReadList list = ListTexts.read(text);
        assertEquals("2 0 0 0 0 2", ListTexts.counts(list));
        assertEquals("3", ListTexts.find(list, "b.example"));
        ListReport.BadLine bad = list.report().firstUnreadable().get(0);
        assertEquals("x".repeat(120) + "…", bad.text());
        assertEquals("the line is longer than 65536 bytes", bad.reason());
    }

    @Test
    void read_manyUnreadableLines_showsTheFirst() {
        ReadList list = ListTexts.read("?!\n".repeat(5) + "a b\n".repeat(1000));
        assertEquals(ListReport.SHOWN, list.report().firstUnreadable().size());
        assertEquals(1000, list.report().unreadable());
        assertEquals(6, list.report().firstUnreadable().get(0).number());
    }

    @Test
    void read_nothing_isAnEmptyList() {
        assertEquals("0 0 0 0 0 0", ListTexts.counts(ListTexts.read("")));
        assertEquals("0 0 0 0 0 0", ListTexts.counts(ListTexts.read("\ufeff")));
        assertEquals("-", ListTexts.find(ListTexts.read(""), "a.example"));
    }

    @Test
    void read_bytesInDrops_isTheSame() throws Exception {
        byte[] text = String.join("\n", LINES).getBytes(StandardCharsets.UTF_8);
        InputStream drops = new ByteArrayInputStream(text) {
            @Override
            public int read(byte[] target, int at, int length) {
                return super.read(target, at, Math.min(length, 3));
            }
        };
        assertEquals(ListTexts.read(text).report(), ListReader.read(drops).report());
    }

    @Test
    void read_sourceThatBreaks_throws() throws Exception {
        InputStream broken = InputStream.nullInputStream();
        broken.close();
        assertThrows(IOException.class, () -> ListReader.read(broken));
    }

    @Test
    void read_garbage_neverFails() {
        Random random = new Random(99);
        for (int round = 0; round < 300; round++) {
            byte[] garbage = new byte[random.nextInt(5000)];
            random.nextBytes(garbage);
            assertTrue(ListTexts.read(garbage).report().unreadable() >= 0);
        }
    }

    @Test
    void read_mangledLines_neverFails() {
        Random random = new Random(100);
        for (int round = 0; round < 3000; round++) {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            for (int i = 0; i < 8; i++) {
                byte[] line = LINES.get(random.nextInt(LINES.size())).getBytes(StandardCharsets.UTF_8);
                IntStream.range(0, random.nextInt(4))
                        .forEach(change -> line[random.nextInt(line.length)] = odd(random));
                text.writeBytes(line);
                text.write('\n');
            }
            ReadList list = ListTexts.read(text.toByteArray());
            LINES.forEach(name -> list.set().find("a.b." + name.strip(), 1));
        }
    }

    private static byte odd(Random random) {
        String special = "|@$^*/#!;()[]\\\"'.,:=% \t\0\u007f-~?&<a0";
        return (byte)
                (random.nextInt(10) == 0 ? random.nextInt(256) : special.charAt(random.nextInt(special.length())));
    }
}
