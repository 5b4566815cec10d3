package org.sentrydns.server.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.CookieOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Type;

final class UpstreamQueryTest {
    private static final String QUESTION = " 03'aBc'00 0001 0001 ";

    private static UpstreamQuery query() {
        return of(Queries.of("aBc", Type.A), "aBc");
    }

    private static UpstreamQuery of(byte[] client, String name) {
        return UpstreamQuery.of(Queries.decoded(client), Queries.name(name).toWire());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    true  | empty answer         | 0000 8180 0001 0000 0000 0000 03'aBc'00 0001 0001
                    true  | another letters case | 0000 8180 0001 0000 0000 0000 03'AbC'00 0001 0001
                    true  | an answer            | 0000 8180 0001 0001 0000 0000 03'aBc'00 0001 0001 c00c 0001 0001 00000000 0004 7f000001
                    true  | trailing junk        | 0000 8180 0001 0000 0000 0000 03'aBc'00 0001 0001 ff
                    true  | truncated            | 0000 8380 0001 0000 0000 0000 03'aBc'00 0001 0001
                    true  | header-only SERVFAIL | 0000 8182 0000 0000 0000 0000
                    true  | header-only FORMERR  | 0000 8181 0000 0000 0000 0000
                    true  | FORMERR that counts  | 0000 8181 0001 0000 0000 0001
                    true  | header-only with TC  | 0000 8380 0000 0000 0000 0000
                    false | header-only NOERROR  | 0000 8180 0000 0000 0000 0000
                    false | header-only NXDOMAIN | 0000 8183 0000 0000 0000 0000
                    false | no reply             | 0000 0180 0001 0000 0000 0000 03'aBc'00 0001 0001
                    false | another opcode       | 0000 a180 0001 0000 0000 0000 03'aBc'00 0001 0001
                    false | another name         | 0000 8180 0001 0000 0000 0000 03'aBd'00 0001 0001
                    false | a longer name        | 0000 8180 0001 0000 0000 0000 03'aBc'01'd'00 0001 0001
                    false | another type         | 0000 8180 0001 0000 0000 0000 03'aBc'00 001c 0001
                    false | another class        | 0000 8180 0001 0000 0000 0000 03'aBc'00 0001 0003
                    true  | an OPT               | 0000 8180 0001 0000 0000 0001 03'aBc'00 0001 0001 00 0029 04d0 00000000 0000
                    false | two OPT              | 0000 8180 0001 0000 0000 0002 03'aBc'00 0001 0001 00 0029 04d0 00000000 0000 00 0029 04d0 00000000 0000
                    false | two questions        | 0000 8180 0002 0000 0000 0000 03'aBc'00 0001 0001 03'aBc'00 0001 0001
                    false | cut question         | 0000 8180 0001 0000 0000 0000 03'aBc'00 0001 00
                    true  | cut, with TC         | 0000 8380 0001 0001 0000 0000 03'aBc'00 0001 0001 c00c 0001 0001 00000000 0004 7f0000
                    false | cut answer           | 0000 8180 0001 0001 0000 0000 03'aBc'00 0001 0001 c00c 0001 0001 00000000 0004 7f0000
                    false | missing answer       | 0000 8180 0001 0001 0000 0000 03'aBc'00 0001 0001
                    false | cut header           | 0000 8180 0001 0000 0000
                    false | SERVFAIL cut behind  | 0000 8182 0000 0000 0000 0000 03
                    """)
    void isAnsweredBy_message_mustBeAReplyToThisQuestion(boolean accepted, String what, String bytes) {
        assertEquals(accepted, query().isAnsweredBy(Hex.bytes(bytes)), what);
    }

    @Test
    void asAnsweredBy_hasTheIdAndTheLettersThatCameBack() {
        assertEquals(
                Hex.of(Hex.bytes("abcd 0100 0001 0000 0000 0000 03'AbC'00 0001 0001")),
                Hex.of(query().asAnsweredBy(Hex.bytes("abcd 8183 0001 0000 0000 0000 03'AbC'00 0001 0001"))));
        assertEquals(
                Hex.of(Hex.bytes("abcd 0100 0001 0000 0000 0000" + QUESTION)),
                Hex.of(query().asAnsweredBy(Hex.bytes("abcd 8182 0000 0000 0000 0000"))));
        assertEquals(
                Hex.of(Hex.bytes("abcd 0100 0001 0000 0000 0000" + QUESTION)),
                Hex.of(query().asAnsweredBy(Hex.bytes("abcd 8181 0001 0000 0000 0001"))),
                "as old servers count");
    }

    @Test
    void of_queryWithoutEdns_sendsTheQuestionAlone() {
        byte[] client = Queries.of("aBc", Type.A);
        assertEquals(
                Hex.of(Hex.bytes("0000 0100 0001 0000 0000 0000" + QUESTION)),
                Hex.of(of(client, "aBc").bytes()));
    }

    @Test
    void of_queryWithEdns_sendsAnOptOfItsOwnWithoutTheClientsOptions() {
        byte[] client = Queries.withEdns(
                "aBc", Type.A, 4096, ExtendedFlags.DO, new CookieOption(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}));
        assertEquals(
                Hex.of(Hex.bytes("0000 0100 0001 0000 0000 0001" + QUESTION + "00 0029 04d0 00 00 8000 0000")),
                Hex.of(of(client, "aBc").bytes()));
    }

    @ParameterizedTest
    @CsvSource({"0130,0130", "0000,0000", "0100,0100", "0020,0020", "0010,0010", "06c0,0000"})
    void of_flags_passOnRdAdAndCdOnly(String client, String upstream) {
        byte[] bytes = Hex.bytes("1234 " + client + " 0001 0000 0000 0000" + QUESTION);
        assertEquals(
                Integer.parseInt(upstream, 16), Header.flags(of(bytes, "aBc").bytes()));
    }

    @Test
    void withId_leavesTheOriginalAlone() {
        UpstreamQuery query = query();
        assertEquals(0xfedc, Header.id(query.withId(0xfedc)));
        assertEquals(0, Header.id(query.bytes()));
    }

    @ParameterizedTest
    @CsvSource({"0,true", "1,false", "2,false", "3,true", "4,false", "5,false", "9,false"})
    void isSuccess_ofACode_meansThatTheResolverDidItsWork(int rcode, boolean success) {
        byte[] reply = query().withId(1);
        reply[3] |= (byte) rcode;
        assertEquals(success, UpstreamQuery.isSuccess(reply));
    }

    @Test
    void isSuccess_withAnExtendedCode_isNone() {
        byte[] reply = query().padded().withId(1);
        assertTrue(UpstreamQuery.isSuccess(reply));
        reply[query().questionEnd() + 5] = 1;
        assertFalse(UpstreamQuery.isSuccess(reply), "BADVERS");
    }
}
