package org.sentrydns.server.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Name;

final class NamesFileTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            plain              | a.test\\nb.test\\n                 | a.test b.test
            no final newline   | a.test\\nb.test                    | a.test b.test
            windows            | a.test\\r\\nb.test\\r\\n           | a.test b.test
            comments, blanks   | # x\\n\\n  a.test  # y\\n \\nb.test | a.test b.test
            ranked             | 1,a.test\\n2,b.test\\n             | a.test b.test
            final dots         | a.test.\\nb.test.                  | a.test b.test
            no zip             | PK.test                             | PK.test
            odd letters        | _dns.A-1.test\\n0/26.2.0.192.in-addr.arpa\\n*.test | _dns.A-1.test 0/26.2.0.192.in-addr.arpa *.test
            byte order mark    | BOMa.test                          | a.test
            """)
    void read_ofEachFormat_givesTheNamesPlainAndZipped(String format, String text, String names) throws IOException {
        String content = content(text);
        List<String> expected = List.of(names.split(" ", -1));

        assertEquals(expected, list(NamesFile.read(plain(content), 0)), format);
        assertEquals(expected, list(NamesFile.read(zip(content), 0)), format);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a.test\\nb c.test      | 2: expected a domain name or rank,name, found 'b c.test'
            a..test               | 1: expected a domain name or rank,name, found 'a..test'
            .a.test               | 1: expected a domain name or rank,name, found '.a.test'
            rank,name             | 1: expected a domain name or rank,name, found 'rank,name'
            # x\\n\\n1,           | 3: expected a domain name or rank,name, found '1,'
            1,a.test,5            | 1: expected a domain name or rank,name, found '1,a.test,5'
            a.test\\nb\\7.test | 2: expected a domain name or rank,name, found 'b?.test'
            straße.test           | 1: expected a domain name or rank,name, found 'straße.test'
            """)
    void read_ofAnOddLine_saysFileAndLine(String text, String message) throws IOException {
        Path file = plain(content(text));

        assertEquals(file + ":" + message, error(file));
    }

    @Test
    void read_ofLongLabelsNamesAndLines_saysWhere() throws IOException {
        String label = "a".repeat(63);
        String longest = String.join(".", label, label, label, "a".repeat(61));

        assertEquals(List.of(longest), list(NamesFile.read(plain(longest), 0)));
        assertTrue(error(plain(longest + "a")).contains(":1: expected a domain name"));
        assertTrue(error(plain("a.test\n" + label + "a.test")).contains(":2: expected a domain name"));
        assertTrue(error(plain("a.test\n" + "x".repeat(5000))).contains(":2: a line of more than 4096 characters"));
    }

    @Test
    void read_withLimit_stopsThere() throws IOException {
        assertEquals(List.of("a.test"), list(NamesFile.read(plain("a.test\nb c\n"), 1)));
        assertEquals(List.of("a.test"), list(NamesFile.read(zip("a.test\nb c\n"), 1)));
    }

    @Test
    void read_ofAFileWithoutNames_saysSo() throws IOException {
        Path file = plain("# nothing\n");
        Path missing = folder.resolve("missing");

        assertEquals(file + ": no names, expected one a line", error(file));
        assertEquals(missing + ": no such file", error(missing));
        assertEquals(folder + ": a folder, expected a file of names", error(folder));
    }

    @Test
    void read_ofOddZips_saysWhatIsWrong() throws IOException {
        assertTrue(error(zip("a.test", "b.test")).endsWith(": expected one file in it, found also list1.csv"));
        assertTrue(error(zip()).endsWith(": an empty zip archive, expected one file in it"));
        Path whole = zip("a.test\nb.test");
        Path cut = Files.write(folder.resolve("cut.zip"), Arrays.copyOf(Files.readAllBytes(whole), 40));
        assertTrue(error(cut).contains("cut.zip: a broken zip archive"));
        assertTrue(error(zip("a.test\nb c.test")).contains("names.zip!list0.csv:2: expected"));
    }

    @Test
    void read_ofAZipOfMacOs_passesOverWhatItAdds() throws IOException {
        Path file = folder.resolve("mac.zip");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String name : List.of("__MACOSX/", "__MACOSX/._list.csv", "list.csv", "__MACOSX/._more.csv")) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write((name.equals("list.csv") ? "a.test" : "").getBytes(StandardCharsets.UTF_8));
            }
        }
        assertEquals(List.of("a.test"), list(NamesFile.read(file, 0)));
    }

    @Test
    void builtInList_isLongUniqueAndValid() throws IOException {
        List<String> names = list(KnownNames.read(0));

        assertTrue(names.size() >= 1000, () -> names.size() + " names");
        assertEquals(names.size(), new HashSet<>(names).size());
        assertTrue(names.stream().allMatch(name -> name.equals(name.toLowerCase(Locale.ROOT)) && name.contains(".")));
        assertEquals(names.subList(0, 10), list(KnownNames.read(10)));
    }

    private static String content(String text) {
        return text.translateEscapes().replace("BOM", "\uFEFF");
    }

    private static String error(Path file) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> NamesFile.read(file, 0))
                .getMessage());
    }

    private static List<String> list(Names names) throws IOException {
        List<String> list = new ArrayList<>();
        int name = 0;
        for (int i = 0; i < names.count(); i++) {
            byte[] wire = new byte[names.length(name)];
            System.arraycopy(names.wire(), name, wire, 0, wire.length);
            list.add(new Name(wire).toString(true));
            name = names.after(name);
        }
        assertEquals(0, name);
        return list;
    }

    private Path plain(String content) throws IOException {
        return Files.writeString(folder.resolve("names.txt"), content);
    }

    private Path zip(String... contents) throws IOException {
        Path file = folder.resolve("names.zip");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < contents.length; i++) {
                zip.putNextEntry(new ZipEntry("list" + i + ".csv"));
                zip.write(contents[i].getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }
}
