package org.sentrydns.server.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Type;

final class QueryMessageTest {
    private static final String HEADER = "1234 0100 0001 0000 0000 0000 ";
    private static final String QUESTION = "01 'a' 00 0001 0001 ";
    private static final String OPT = "00 0029 04d0 00 00 0000 0000 ";

    @ParameterizedTest
    @CsvSource({
        "''",
        "12",
        "1234 0100 0001 0000 0000 00",
        "1234 8100 0001 0000 0000 0000 01 6100 0001 0001",
        "1234 8400 0000 0000 0000 0000",
    })
    void decode_noHeaderOrAReply_isMetWithSilence(String bytes) {
        assertInstanceOf(Decoded.Silence.class, QueryMessage.decode(Hex.bytes(bytes)));
    }

    @ParameterizedTest
    @CsvSource({"0900,8984", "1100,9184", "2100,a184", "2800,a884", "7900,f984", "1000,9084"})
    void decode_anotherOpcode_isNotImplemented(String flags, String reply) {
        assertRefused("1234 " + reply + " 0000 0000 0000 0000", "1234 " + flags + " 0001 0000 0000 0000 " + QUESTION);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    no question            | 1234 0100 0000 0000 0000 0000
                    cookie probe           | 1234 0100 0000 0000 0000 0001 00 0029 04d0 00000000 000c 000a 0008 0102030405060708
                    two questions          | 1234 0100 0002 0000 0000 0000 016100 0001 0001 016100 0001 0001
                    cut in the name        | 1234 0100 0001 0000 0000 0000 0361
                    cut behind the name    | 1234 0100 0001 0000 0000 0000 016100 0001 00
                    pointer in question    | 1234 0100 0001 0000 0000 0000 c00c 0001 0001
                    pointer behind a label | 1234 0100 0001 0000 0000 0000 0161c00c 0001 0001
                    label type 01          | 1234 0100 0001 0000 0000 0000 4161 00 0001 0001
                    label type 10          | 1234 0100 0001 0000 0000 0000 8161 00 0001 0001
                    trailing junk          | 1234 0100 0001 0000 0000 0000 016100 0001 0001 00
                    answer that is missing | 1234 0100 0001 0001 0000 0000 016100 0001 0001
                    answer that is cut     | 1234 0100 0001 0001 0000 0000 016100 0001 0001 c00c 0001 0001 00000000 0004 7f0000
                    pointer forward        | 1234 0100 0001 0001 0000 0000 016100 0001 0001 c015 0001 0001 00000000 0000
                    pointer to itself      | 1234 0100 0001 0001 0000 0000 016100 0001 0001 c013 0001 0001 00000000 0000
                    pointer into header    | 1234 0100 0001 0001 0000 0000 016100 0001 0001 c004 0001 0001 00000000 0000
                    OPT among the answers  | 1234 0100 0001 0001 0000 0000 016100 0001 0001 00 0029 04d0 00000000 0000
                    OPT in authority       | 1234 0100 0001 0000 0001 0000 016100 0001 0001 00 0029 04d0 00000000 0000
                    OPT with a name        | 1234 0100 0001 0000 0000 0001 016100 0001 0001 016100 0029 04d0 00000000 0000
                    OPT cut                | 1234 0100 0001 0000 0000 0001 016100 0001 0001 00 0029 04d0 00000000 0001
                    """)
    void decode_somethingMalformed_isAFormatErrorWithTheSameId(String what, String bytes) {
        assertRefused("1234 8181 0000 0000 0000 0000", bytes);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    two OPT                | 1234 0100 0001 0000 0000 0002 016100 0001 0001 00 0029 04d0 00000000 0000 00 0029 04d0 00000000 0000
                    option without length  | 1234 0100 0001 0000 0000 0001 016100 0001 0001 00 0029 04d0 00000000 0002 000a
                    option longer than OPT | 1234 0100 0001 0000 0000 0001 016100 0001 0001 00 0029 04d0 00000000 0006 000a 0003 0102
                    trailing junk          | 1234 0100 0001 0000 0000 0001 016100 0001 0001 00 0029 04d0 00000000 0000 00
                    """)
    void decode_somethingMalformedWithAnOpt_isAFormatErrorWithAnOpt(String what, String bytes) {
        assertRefused("1234 8181 0000 0000 0000 0001 " + OPT, bytes);
    }

    @Test
    void decode_anotherOpcodeWithAnOpt_isNotImplementedWithAnOpt() {
        String query = "1234 2000 0001 0000 0000 0001 " + QUESTION + "00 0029 1000 00 00 8000 0000";
        assertRefused("1234 a084 0000 0000 0000 0001 " + OPT, query);
    }

    @Test
    void decode_labelOf64Bytes_isAFormatError() {
        assertRefused("1234 8181 0000 0000 0000 0000", HEADER + "40" + "61".repeat(64) + "00 0001 0001");
    }

    @Test
    void decode_nameOf255Bytes_isTheLongest() {
        String three = ("3f" + "61".repeat(63)).repeat(3);
        assertInstanceOf(
                QueryMessage.class,
                QueryMessage.decode(Hex.bytes(HEADER + three + "3d" + "61".repeat(61) + "00 0001 0001")));
        assertRefused("1234 8181 0000 0000 0000 0000", HEADER + three + "3e" + "61".repeat(62) + "00 0001 0001");
    }

    @Test
    void decode_otherEdnsVersion_isRefusedWithVersionZero() {
        String query = "1234 0110 0001 0000 0000 0001 " + QUESTION + "00 0029 1000 00 01 8000 0000";
        assertRefused("1234 8190 0001 0000 0000 0001 " + QUESTION + "00 0029 04d0 01 00 8000 0000", query);
    }

    @Test
    void decode_otherEdnsVersionWithOptionsOfAnUnknownForm_isRefusedForTheVersion() {
        String query = "1234 0100 0001 0000 0000 0001 " + QUESTION + "00 0029 1000 00 01 0000 0003 ffffff";
        assertRefused("1234 8180 0001 0000 0000 0001 " + QUESTION + "00 0029 04d0 01 00 0000 0000", query);
    }

    @Test
    void decode_query_knowsItsQuestion() {
        QueryMessage query = Queries.decoded(Hex.bytes(HEADER + "03 'wWw' 00 ff01 0003"));
        assertEquals(0xff01, query.type());
        assertEquals(3, query.dnsClass());
        assertEquals(21, query.questionEnd());
        assertEquals(Header.RD, query.flags());
        assertFalse(query.edns().present());
        assertEquals(512, query.edns().size());
    }

    @ParameterizedTest
    @CsvSource({"0,512", "511,512", "512,512", "1232,1232", "4096,4096", "65535,65535"})
    void decode_ednsSize_isAtLeast512(int sent, int understood) {
        QueryMessage query = Queries.decoded(Queries.withEdns("a.", Type.A, sent, 0));
        assertTrue(query.edns().present());
        assertEquals(understood, query.edns().size());
        assertFalse(query.edns().dnssecOk());
    }

    @Test
    void decode_dnssecOk_isSeen() {
        assertTrue(Queries.decoded(Queries.withEdns("a.", Type.A, 1232, ExtendedFlags.DO))
                .edns()
                .dnssecOk());
    }

    @ParameterizedTest
    @CsvSource({"0004 000a 0000", "0008 000a 0004 01020304", "0009 fffe 0000 ffff 0001 00"})
    void decode_wholeOptions_areAccepted(String options) {
        String opt = OPT.substring(0, OPT.length() - 5) + options;
        assertInstanceOf(
                QueryMessage.class, QueryMessage.decode(Hex.bytes("1234 0100 0001 0000 0000 0001 " + QUESTION + opt)));
    }

    @Test
    void decode_recordsBesideTheQuestion_areStepped() {
        assertInstanceOf(
                QueryMessage.class,
                QueryMessage.decode(Hex.bytes(
                        "1234 0100 0001 0001 0000 0001 " + QUESTION + "c00c 0001 0001 00000000 0004 7f000001" + OPT)));
    }

    private static void assertRefused(String expected, String query) {
        Decoded decoded = QueryMessage.decode(Hex.bytes(query));
        Decoded.Refusal refusal = assertInstanceOf(Decoded.Refusal.class, decoded);
        assertEquals(Hex.of(Hex.bytes(expected)), Hex.of(refusal.reply()));
    }
}
