package org.sentrydns.server.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Reply;
import org.sentrydns.api.Transport;
import org.sentrydns.server.rule.FakeVerb;
import org.sentrydns.server.upstream.FakeUpstream;
import org.sentrydns.server.upstream.Replies;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.Hex;
import org.sentrydns.server.wire.Queries;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Replies that are larger than the client takes. */
final class TruncationTest {
    private static final int FIXED_OPT = 11;

    /** One TXT-like record that makes the whole message this long. */
    private static FakeUpstream.Script sending(int length) {
        return question -> {
            byte[] head = Hex.bytes("0000 8180 0001 0001 0000 0000 01'a'00 ff00 0001 c00c ff00 0001 0000003c");
            byte[] reply = java.util.Arrays.copyOf(head, length);
            Header.put16(reply, 0, Header.id(question.bytes()));
            Header.put16(reply, head.length, length - head.length - 2);
            question.reply(length > 1232 && !question.isTcp() ? Replies.truncated(question.bytes()) : reply);
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            edns  | reply | fits
            -1    | 512   | true
            -1    | 513   | false
            0     | 501   | true
            0     | 502   | false
            511   | 501   | true
            511   | 502   | false
            513   | 502   | true
            1000  | 989   | true
            1000  | 990   | false
            4096  | 1221  | true
            4096  | 1222  | false
            65535 | 4000  | false
            """)
    void handle_forwardedReply_isEmptyWithTcWhereItDoesNotFit(int edns, int length, boolean fits) throws Exception {
        byte[] query = edns < 0 ? Queries.of("a", 0xff00) : Queries.withEdns("a", 0xff00, edns, ExtendedFlags.DO);
        try (Stack stack = Stack.over(sending(length), "resolve .")) {
            byte[] reply = stack.reply(Transport.UDP, query);
            assertEquals(!fits, (Header.flags(reply) & Header.TC) != 0);
            assertEquals(fits ? 1 : 0, Header.count(reply, 1));
            assertEquals(edns < 0 ? 0 : 1, Header.count(reply, 3));
            assertEquals(fits ? length + (edns < 0 ? 0 : FIXED_OPT) : query.length, reply.length);

            byte[] overTcp = stack.reply(Transport.TCP, query);
            assertEquals(0, Header.flags(overTcp) & Header.TC);
            assertEquals(length + (edns < 0 ? 0 : FIXED_OPT), overTcp.length);
        }
    }

    @Test
    void handle_truncatedUpstreamReply_isWholeForTheClient() throws Exception {
        try (Stack stack = Stack.over(
                question -> question.reply(
                        question.isTcp()
                                ? Replies.address(question.bytes(), "192.0.2.1")
                                : Replies.truncated(question.bytes())),
                "resolve .")) {
            byte[] reply = stack.reply(Transport.UDP, Queries.of("www.test", Type.A));
            assertEquals(0x8180, Header.flags(reply));
            assertEquals(1, Header.count(reply, 1));
        }
    }

    @Test
    void handle_upstreamReplyAsLongAsCanBe_neverHasTcOverTcp() throws Exception {
        for (int length : new int[] {65_524, 65_525, 65_535}) {
            try (Stack stack = Stack.over(sending(length), "resolve .")) {
                byte[] reply = stack.reply(Transport.TCP, Queries.withEdns("a", 0xff00, 4096, 0));
                boolean fits = length + FIXED_OPT <= Header.MAX_MESSAGE;
                assertEquals(fits ? 0x8180 : 0x8182, Header.flags(reply), "of " + length + " bytes");
                assertEquals(fits ? 1 : 0, Header.count(reply, 1));
                assertEquals(
                        Header.count(reply, 1),
                        new Message(reply).getSection(Section.ANSWER).size());
                assertTrue(new Message(reply).getOPT() != null);
                assertEquals(length, stack.reply(Transport.TCP, Queries.of("a", 0xff00)).length);
            }
        }
    }

    @Test
    void handle_ownAnswerThatNoMessageCanHold_isServfailWithoutTcOverTcp() throws Exception {
        List<FakeVerb> flood =
                List.of(FakeVerb.plain("flood", query -> Outcome.answer(Reply.of(Local.addresses(5000)))));
        for (byte[] query : List.of(Queries.of("a.test", Type.A), Queries.withEdns("a.test", Type.A, 1232, 0))) {
            Message reply = new Message(Local.reply(flood, Transport.TCP, query, "flood ."));
            assertEquals(Rcode.SERVFAIL, reply.getRcode());
            assertEquals(0, Header.flags(reply.toWire()) & Header.TC);
            assertEquals(Header.count(query, 3), reply.getHeader().getCount(Section.ADDITIONAL));
            byte[] overUdp = Local.reply(flood, Transport.UDP, query, "flood .");
            assertEquals(0x8380, Header.flags(overUdp));
        }
    }
}
