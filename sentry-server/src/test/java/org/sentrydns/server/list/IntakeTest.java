package org.sentrydns.server.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may replace a list that is in, and what is a list at all. */
final class IntakeTest {
    private final Intake intake = new Intake(ListReader::read);

    @TempDir
    Path folder;

    private DomainList list() {
        return new DomainList(TestLists.file("ads", folder.resolve("ads.txt")));
    }

    private DomainList good() throws Exception {
        DomainList list = list();
        Path file = Files.writeString(folder.resolve("ads.txt"), "a.example\n");
        list.swap(intake.file(list, file), Look.at(file));
        return list;
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("fresh.txt"), content);
    }

    private Path file(String content) throws IOException {
        return file(content.replace("\\n", "\n")
                .replace("\\r", "\r")
                .replace("\\t", "\t")
                .getBytes(StandardCharsets.UTF_8));
    }

    /** Why a list that is not in yet cannot come in. */
    private String refusal(Path file) {
        IOException refusal = assertThrows(IOException.class, () -> intake.file(list(), file));
        assertEquals(
                refusal.getMessage(),
                assertThrows(IOException.class, () -> intake.download(list(), file))
                        .getMessage(),
                "files and downloads alike");
        return String.valueOf(refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE html>\\nLogin",
                "\\n\\n  <!doctype html>",
                "<?xml version=\"1.0\"?><!DOCTYPE html>\\nlogin",
                "<!-- Copyright -->\\n<html>\\nlogin\\na.example",
                "<!-- Copyright #1 --><HTML lang=en>\\na.example",
                "<!--\\nCopyright\\n--><html>\\na.example",
                "Warning\\nb.example\\n<br><html>"
            })
    void page_isRefused(String page) throws Exception {
        assertEquals("it is a web page, no list", refusal(file(page)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.example\\nb.example##<html\\nc.example##^html:has(<html)",
                "# no <html> here\\na.example",
                "! no <!DOCTYPE html> here\\n||a.example^",
                "a.example # once <html>",
                "||b.example^$replace=/<html>/x/\\na.example",
                "[Adblock Plus 2.0]\\n! Title: ä\u0007\\n||a.example^",
                "; \u0001\\n// \u0002\\n # \u0003\\na.example",
                "\uFEFF# \u0001\\na.example",
                "a.example\\t# tab\u000b\f\\r\\n"
            })
    void list_thatSpeaksOfPagesOrHasOddComments_isTaken(String text) throws Exception {
        assertEquals(1, intake.file(list(), file(text)).report().names());
        assertEquals(1, intake.download(list(), file(text)).report().names());
    }

    @ParameterizedTest
    @CsvSource({
        "504b030414000000080061622e6578616d706c650a, 3",
        "fd377a585a000004610a622e6578616d706c650a, 6",
        "425a683931415926535904610a622e6578616d706c650a, 11",
        "612e6578616d706c650a620063, 12",
        "612e6578616d706c650a62007f, 12",
        "fffe61002e000a00, 4"
    })
    void bytes_thatAreNoText_areRefused(String hex, int at) throws Exception {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertEquals("it is no text in UTF-8 (byte " + at + " is a control character)", refusal(file(bytes)));
    }

    @Test
    void archive_isRefused() throws Exception {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(archive)) {
            zip.putNextEntry(new ZipEntry("ads.txt"));
            zip.write("a.example\n".getBytes(StandardCharsets.UTF_8));
        }
        assertTrue(refusal(file(archive.toByteArray())).startsWith("it is no text in UTF-8"));
    }

    @Test
    void controlByteFarBehindTheStart_isABadLine_butANulIsNoText() throws Exception {
        String text = "a.example\n".repeat(200);
        assertEquals(
                1, intake.file(list(), file(text + "b\u0001.example")).report().unreadable());
        assertEquals(
                "it is no text in UTF-8 (byte 2002 is a control character)", refusal(file(text + "b\u0000.example")));
    }

    @Test
    void text_withMoreBadLinesThanGoodOnes_isRefused() throws Exception {
        String mixed = "a.example\nb.example b\nb.example##.ad\nc.example c\na.example\nd.example d\n";
        assertEquals(3, intake.file(list(), file(mixed)).report().unreadable());
        assertEquals(
                "it is no list: 4 lines cannot be read, such as line 2 'b.example b': expected one name, an address and"
                        + " names, or a comment behind '#'; and only 3 can",
                refusal(file(mixed + "e.example e")));
    }

    @Test
    void listInNoFormatThatIsKnown_isRefusedWithTheReason() throws Exception {
        assertEquals(
                "it is no list: of its 2 lines none can be read, such as line 2 '^ads': no rule for names: expected a"
                        + " regular expression between slashes, as in /^ads[0-9]/",
                refusal(file("# regex\n^ads\n^stats\n")));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "->", quoteCharacter = '`', textBlock = """
                    \\n                                  -> it is empty
                    \\n \\t\\n\\n                        -> it is empty
                    ||a.example^\\n||a.example^$badfilter -> it is empty
                    [Adblock Plus 2.0]                   -> it is empty
                    b.example##.ad                       -> it has no entries
                    ! Title: a list                      -> it is empty
                    # removed emptying, nonempty         -> it is empty
                    empty##.ad                           -> it has no entries
                    """)
    void listWithoutEntries_doesNotReplaceOneThatHasSome(String text, String reason) throws Exception {
        DomainList good = good();
        Path fresh = file(text);
        assertEquals(
                reason + " (a comment line with the word 'empty' would say that this is meant)",
                assertThrows(IOException.class, () -> intake.file(good, fresh)).getMessage());
        assertEquals(0, intake.file(list(), fresh).report().entries(), "at first, it is what the user has");
    }

    @Test
    void emptyGzip_doesNotReplaceAListThatHasEntries() throws Exception {
        DomainList good = good();
        Path fresh = file(ListServer.gzip(new byte[0]));
        assertThrows(IOException.class, () -> intake.file(good, fresh));
        assertThrows(IOException.class, () -> intake.download(good, fresh));
    }

    @ParameterizedTest
    @ValueSource(strings = {"# empty today", "\\n ! Is EMPTY\\n", "; it is empty.", "// empty", "\uFEFF# empty"})
    void commentWithoutEntries_saysThatItIsMeant(String text) throws Exception {
        DomainList good = good();
        assertEquals(0, intake.file(good, file(text)).report().entries());
        assertEquals(0, intake.download(good, file(text)).report().entries());
    }
}
