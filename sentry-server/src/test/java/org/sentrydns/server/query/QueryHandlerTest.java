package org.sentrydns.server.query;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Policy;
import org.sentrydns.api.Reply;
import org.sentrydns.api.Transport;
import org.sentrydns.api.Upstream;
import org.sentrydns.server.rule.FakeVerb;
import org.sentrydns.server.rule.Rules;
import org.sentrydns.server.stats.Statistics;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.Queries;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What rules answer themselves, from the client's bytes to the client's bytes. */
final class QueryHandlerTest {
    private static final Record ADDRESS = Local.record("a.test", Type.A, "192.0.2.1");
    private static final Record SOA = Local.record("test", Type.SOA, "ns.test. mail.test. 1 2 3 4 5");

    private static final List<FakeVerb> VERBS = List.of(
            FakeVerb.rename(),
            FakeVerb.plain("answer", query -> Outcome.answer(Reply.of(ADDRESS))),
            FakeVerb.plain("own", query -> Outcome.answer(Reply.of(ADDRESS.withName(query.name())))),
            FakeVerb.plain(
                    "deny",
                    query -> Outcome.answer(
                            Reply.failure(Rcode.NXDOMAIN).withAuthority(SOA).withExtendedError(15, "because"))),
            FakeVerb.plain("block", query -> Outcome.answer(Reply.empty().withExtendedError(15, "because"))),
            FakeVerb.plain("drop", query -> Outcome.drop()),
            FakeVerb.plain("fail", query -> {
                throw new IllegalStateException("no luck");
            }),
            FakeVerb.plain("many", query -> Outcome.answer(Reply.of(Local.addresses(60)))),
            FakeVerb.plain("flood", query -> Outcome.answer(Reply.of(Local.addresses(5000)))));

    @Test
    void handle_ruleThatAnswers_givesQuestionAnswerAndNoOpt() throws Exception {
        Message reply = Local.ask(VERBS, Queries.of("A.Test", Type.A), "answer .");
        assertEquals(Queries.ID, reply.getHeader().getID());
        assertEquals(Rcode.NOERROR, reply.getRcode());
        assertEquals("A.Test.", reply.getQuestion().getName().toString());
        assertEquals(List.of(ADDRESS), reply.getSection(Section.ANSWER));
        assertTrue(reply.getHeader().getFlag(Flags.RA));
        assertTrue(!reply.getHeader().getFlag(Flags.AA));
        assertNull(reply.getOPT());
    }

    @Test
    void handle_extendedError_isForEdnsClientsOnly() throws Exception {
        for (String rule : List.of("deny .", "block .")) {
            assertNull(Local.ask(VERBS, Queries.of("a.test", Type.A), rule).getOPT());
            Message reply = Local.ask(VERBS, Queries.withEdns("a.test", Type.A, 1232, ExtendedFlags.DO), rule);
            assertEquals("15 because", Local.extendedErrors(reply));
            assertEquals(ExtendedFlags.DO, reply.getOPT().getFlags());
        }
    }

    @Test
    void handle_negativeAnswer_hasItsAuthority() throws Exception {
        Message reply = Local.ask(VERBS, Queries.of("a.test", Type.A), "deny .");
        assertEquals(Rcode.NXDOMAIN, reply.getRcode());
        assertEquals(List.of(SOA), reply.getSection(Section.AUTHORITY));
        assertEquals(List.of(), reply.getSection(Section.ANSWER));
    }

    @Test
    void handle_drop_isSilence() throws Exception {
        assertNull(Local.handle(VERBS, Transport.UDP, Queries.of("a.test", Type.A), "drop ."));
    }

    @Test
    void handle_noRule_isRefusedWithTheReason() throws Exception {
        Message reply = Local.ask(VERBS, Queries.withEdns("b.test", Type.A, 1232, 0), "answer ^a");
        assertEquals(Rcode.REFUSED, reply.getRcode());
        assertEquals("20 no rule for this name", Local.extendedErrors(reply));
    }

    @Test
    void handle_throwingRule_isServfailAndTheNextQueryIsAnswered() throws Exception {
        try (Local.Server server = Local.server(VERBS, "fail ^f", "answer .")) {
            assertEquals(
                    Rcode.SERVFAIL, server.ask(Queries.of("f.test", Type.A)).getRcode());
            assertEquals(Rcode.NOERROR, server.ask(Queries.of("a.test", Type.A)).getRcode());
            String table = server.statistics().systemTable(Map.of());
            assertTrue(table.contains("| requests_failed        | 1 "), table);
            assertTrue(table.contains("| requests_total         | 2 "), table);
            assertTrue(table.contains("| requests_pending       | 0 "), table);
        }
    }

    @Test
    void handle_anErrorBehindTheRules_isServfail() throws Exception {
        Upstream upstream = new Upstream(Upstream.Kind.UDP, "192.0.2.1", 53, "");
        FakeVerb ask = FakeVerb.plain("ask", query -> Outcome.forward(List.of(upstream), new Policy.Race()));
        QueryHandler handler = new QueryHandler(
                Rules.book(List.of(ask), "ask ."),
                (forward, query) -> {
                    throw new StackOverflowError("too deep");
                },
                new Statistics(System::nanoTime),
                Local.PLAIN);
        byte[] reply = handler.handle(Queries.of("a.test", Type.A), Rules.asker("10.0.0.1", Transport.UDP));
        assertEquals(Rcode.SERVFAIL, Header.rcode(Objects.requireNonNull(reply)));
    }

    @ParameterizedTest
    @CsvSource({
        "0,    UDP, 29,   true",
        "512,  UDP, 40,   true",
        "600,  UDP, 40,   true",
        "1000, UDP, 1000, false",
        "4096, UDP, 1000, false",
        "0,    TCP, 989,  false",
        "512,  TCP, 1000, false"
    })
    void handle_manyRecords_areTruncatedToWhatAUdpClientTakes(
            int edns, Transport transport, int size, boolean truncated) throws Exception {
        String name = "youtube.com";
        byte[] query = edns == 0 ? Queries.of(name, Type.A) : Queries.withEdns(name, Type.A, edns, 0);
        byte[] reply = Local.reply(VERBS, transport, query, "many .");
        assertEquals(truncated, (Header.flags(reply) & Header.TC) != 0);
        Message message = new Message(reply);
        assertEquals(truncated ? 0 : 60, message.getSection(Section.ANSWER).size());
        assertEquals(edns > 0, message.getOPT() != null);
        assertTrue(reply.length <= Math.max(512, size + 20), "bytes: " + reply.length);
    }

    @Test
    void handle_replyLargerThanSentrysOwnUdpSize_isTruncatedForGreedyClientsToo() throws Exception {
        byte[] query = Queries.withEdns("a.test", Type.A, 65535, 0);
        byte[] reply = Local.reply(VERBS, Transport.UDP, query, "flood .");
        assertTrue((Header.flags(reply) & Header.TC) != 0);
    }

    @Test
    void handle_localAnswerAfterARewrite_isOwnedByTheAskedName() throws Exception {
        Message reply = Local.ask(VERBS, Queries.of("wWw.test", Type.A), "rename ^www to other.test", "own ^other");
        assertEquals("wWw.test.", reply.getQuestion().getName().toString());
        assertEquals(
                "wWw.test.",
                reply.getSection(Section.ANSWER).getFirst().getName().toString());
    }

    @ParameterizedTest
    @CsvSource({"0000,8080", "0100,8180", "0110,8190", "0120,8180"})
    void handle_flags_comeBackAsRdAndCd(String query, String reply) throws Exception {
        byte[] bytes = Queries.of("a.test", Type.A);
        Header.put16(bytes, 2, Integer.parseInt(query, 16));
        assertEquals(Integer.parseInt(reply, 16), Header.flags(Local.reply(VERBS, Transport.UDP, bytes, "answer .")));
    }

    @Test
    void handle_anotherClass_keepsItInTheQuestion() throws Exception {
        Message reply = Local.ask(VERBS, Queries.of("a.test", Type.TXT, DClass.CH), "block .");
        assertEquals(DClass.CH, reply.getQuestion().getDClass());
        assertEquals(Type.TXT, reply.getQuestion().getType());
    }

    @Test
    void handle_everyTypeAndClass_isAnsweredWithItsQuestion() throws Exception {
        try (Local.Server server = Local.server(VERBS, "deny ^d", "block .")) {
            for (String name : List.of("a.test", "d.test")) {
                byte[] query = Queries.of(name, Type.A);
                for (int i = 0; i <= 0xffff; i += i < 300 ? 1 : 97) {
                    for (int field = 4; field >= 2; field -= 2) {
                        byte[] odd = query.clone();
                        Header.put16(odd, odd.length - field, i);
                        byte[] reply = Objects.requireNonNull(server.handle(Transport.UDP, odd), "no reply");
                        assertEquals(name.charAt(0) == 'd' ? 3 : 0, Header.rcode(reply), "number " + i);
                        assertArrayEquals(
                                Arrays.copyOfRange(odd, Header.QUESTION, odd.length),
                                Arrays.copyOfRange(reply, Header.QUESTION, odd.length));
                    }
                }
            }
        }
    }

    @Test
    void handle_repliesAndGarbage_areMetWithSilence() throws Exception {
        byte[] reply = Queries.of("a.test", Type.A);
        reply[2] |= (byte) 0x80;
        assertNull(Local.handle(VERBS, Transport.UDP, reply, "answer ."));
        assertNull(Local.handle(VERBS, Transport.UDP, new byte[0], "answer ."));
        assertNull(Local.handle(VERBS, Transport.UDP, new byte[11], "answer ."));
    }
}
