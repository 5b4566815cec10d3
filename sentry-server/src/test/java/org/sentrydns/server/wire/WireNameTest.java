package org.sentrydns.server.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Name;

final class WireNameTest {
    private static final String PADDING = "00".repeat(12);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    00                  | .
                    01 'a' 00           | a.
                    03 'wWw' 02 'de' 00 | wWw.de.
                    03 'a.b' 00         | a\\.b.
                    03 'a b' 00         | a\\032b.
                    01 00 00            | \\000.
                    02 7f ff 00         | \\127\\255.
                    07 '@$();"\\' 00    | \\@\\$\\(\\)\\;\\"\\\\.
                    04 '_a-*' 00        | _a-*.
                    """)
    void text_ofAName_escapesOddBytes(String bytes, String text) {
        assertEquals(text, WireName.text(Hex.bytes(bytes), 0));
    }

    @Test
    void text_ofRandomNames_isDnsjavasText() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            byte[] label = new byte[1 + random.nextInt(20)];
            random.nextBytes(label);
            byte[] wire = new byte[label.length + 2];
            wire[0] = (byte) label.length;
            System.arraycopy(label, 0, wire, 1, label.length);
            assertEquals(new Name(wire).toString(), WireName.text(wire, 0));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    plain               | 01'a'00                  | 12 | 15
                    root                | 00                       | 12 | 13
                    pointer back        | 01'a'00 c00c             | 15 | 17
                    label and pointer   | 01'a'00 01'b'c00c        | 15 | 19
                    pointer to pointer  | 01'a'00 c00c c00f        | 17 | 19
                    pointer to itself   | c00c                     | 12 | -1
                    pointer forward     | c00e 00                  | 12 | -1
                    pointer to header   | 01'a'00 c000             | 15 | -1
                    two that loop       | 01'a'c00f c00c           | 15 | -1
                    label that loops    | 01'a'c00c                | 12 | -1
                    half a pointer      | 01'a'00 c0               | 15 | -1
                    label type 01       | 41'a'00                  | 12 | -1
                    label type 10       | 81'a'00                  | 12 | -1
                    no end              | 01'a'                    | 12 | -1
                    cut label           | 05'a'                    | 12 | -1
                    nothing             | ''                       | 12 | -1
                    """)
    void end_ofACompressedName_isFoundOrRefused(String what, String bytes, int start, int end) {
        byte[] message = Hex.bytes(PADDING + bytes.replace("''", ""));
        assertEquals(end, WireName.end(message, start, message.length));
    }

    @Test
    void end_ofANameThatGrowsPast255BytesByPointers_isRefused() {
        String label = "3f" + "61".repeat(63);
        byte[] fits = Hex.bytes(PADDING + label.repeat(3) + "00" + "3d" + "61".repeat(61) + "c00c");
        assertEquals(fits.length, WireName.end(fits, 12 + 193, fits.length));
        byte[] tooLong = Hex.bytes(PADDING + label.repeat(3) + "00" + "3e" + "61".repeat(62) + "c00c");
        assertEquals(-1, WireName.end(tooLong, 12 + 193, tooLong.length));
    }

    /** Each of many records could lead through all of them. */
    @Test
    void end_ofANameBehindVeryManyPointers_isRefused() {
        StringBuilder bytes = new StringBuilder(PADDING + "00c00c");
        for (int at = 13; at < 13 + 2 * 200; at += 2) {
            bytes.append(String.format("%04x", 0xc000 | at));
        }
        byte[] message = Hex.bytes(bytes.toString());
        assertEquals(13 + 2 * 127, WireName.end(message, 13 + 2 * 126, message.length));
        assertEquals(-1, WireName.end(message, 13 + 2 * 127, message.length));
    }

    @Test
    void sameIgnoringCase_folds_asciiLettersOnly() {
        assertTrue(same("03'wWw'00", "03'WwW'00"));
        assertFalse(same("03'www'00", "03'wwx'00"));
        assertFalse(same("01'@'00", "01'`'00"));
        assertFalse(same("01'['00", "01'{'00"));
        assertFalse(same("01 c4 00", "01 e4 00"));
    }

    private static boolean same(String a, String b) {
        byte[] one = Hex.bytes(a);
        return WireName.sameIgnoringCase(one, 0, Hex.bytes(b), 0, one.length);
    }
}
