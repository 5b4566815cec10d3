package org.sentrydns.server.query;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Policy;
import org.sentrydns.api.Reply;
import org.sentrydns.api.ReplyFilter;
import org.sentrydns.api.Transport;
import org.sentrydns.server.rule.FakeVerb;
import org.sentrydns.server.upstream.FakeUpstream;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.Queries;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Rules that see the reply on its way back. */
final class FilteredReplyTest {
    private static final String SIGNED = "A 5 2 60 20300101000000 20200101000000 1 test. AAAAAAAA";

    private final List<String> seen = new ArrayList<>();

    private FakeVerb noting(String verb) {
        return filter(verb, (query, reply) -> {
            seen.add(verb + " " + query.name() + " " + owners(reply.answers()));
            return reply;
        });
    }

    private static FakeVerb filter(String verb, ReplyFilter filter) {
        return FakeVerb.plain(verb, query -> Outcome.onReply(filter));
    }

    private static FakeVerb without(int type) {
        return filter("without", (query, reply) -> reply.keep(record -> record.getType() != type));
    }

    private static FakeVerb answer(Record... records) {
        return FakeVerb.plain("answer", query -> Outcome.answer(Reply.of(records)));
    }

    private static String owners(List<Record> records) {
        return records.stream().map(r -> r.getName().toString()).distinct().collect(Collectors.joining(","));
    }

    private static String types(Message message, int section) {
        return message.getSection(section).stream()
                .map(r -> Type.string(r.getType()))
                .collect(Collectors.joining(" "));
    }

    /** What an upstream says that signs its answers. */
    private static byte[] signed(byte[] query) {
        try {
            return signed(new Message(query));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] signed(Message reply) throws IOException {
        reply.getHeader().setFlag(Flags.QR);
        reply.getHeader().setFlag(Flags.AD);
        Name name = reply.getQuestion().getName();
        for (String record : List.of("A 192.0.2.1", "RRSIG " + SIGNED, "AAAA 2001:db8::1", "TXT hello")) {
            String[] parts = record.split(" ", 2);
            reply.addRecord(
                    Record.fromString(name, Type.value(parts[0]), DClass.IN, 60, parts[1], Name.root), Section.ANSWER);
        }
        reply.addRecord(
                Record.fromString(name, Type.NSEC, DClass.IN, 60, "b.test. A AAAA", Name.root), Section.AUTHORITY);
        return reply.toWire();
    }

    private static Message forwarded(FakeVerb verb, String line) throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start(question -> question.reply(signed(question.bytes())))) {
            Outcome forward = Outcome.forward(List.of(upstream.overUdp()), new Policy.Race());
            return Local.ask(
                    List.of(verb, FakeVerb.plain("resolve", query -> forward)),
                    Queries.of("wWw.test", Type.ANY),
                    line,
                    "resolve .");
        }
    }

    @Test
    void filter_localAnswer_losesItsRecords() throws Exception {
        Record a = Local.record("a.test", Type.A, "192.0.2.1");
        Record aaaa = Local.record("a.test", Type.AAAA, "2001:db8::1");
        Message reply = Local.ask(
                List.of(without(Type.AAAA), answer(a, aaaa)), Queries.of("a.test", Type.ANY), "without a", "answer a");
        assertEquals("A", types(reply, Section.ANSWER));
        assertEquals(Queries.ID, reply.getHeader().getID());
    }

    @Test
    void filter_severalRules_theLastSeesTheReplyFirst() throws Exception {
        List<FakeVerb> verbs = List.of(
                noting("one"), noting("two"), FakeVerb.rename(), answer(Local.record("b.test", Type.A, "192.0.2.1")));
        Message reply =
                Local.ask(verbs, Queries.of("a.test", Type.A), "one a", "rename a.test to b.test", "two b", "answer b");
        assertEquals(List.of("two b.test. b.test.", "one a.test. a.test."), seen);
        assertEquals("a.test.", owners(reply.getSection(Section.ANSWER)));
    }

    @Test
    void filter_thatChangesNothing_leavesTheBytes() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start(question -> question.reply(signed(question.bytes())))) {
            Outcome forward = Outcome.forward(List.of(upstream.overUdp()), new Policy.Race());
            List<FakeVerb> verbs = List.of(noting("note"), FakeVerb.plain("resolve", query -> forward));
            byte[] query = Queries.of("a.test", Type.A);
            byte[] plain = Local.reply(verbs, Transport.TCP, query, "resolve .");
            assertArrayEquals(plain, Local.reply(verbs, Transport.TCP, query, "note a", "resolve ."));
            assertEquals(1, seen.size());
        }
    }

    @Test
    void filter_forwardedReply_clearsAdAndDropsWhatNoLongerFits() throws Exception {
        Message reply = forwarded(without(Type.A), "without .");
        assertEquals("AAAA TXT", types(reply, Section.ANSWER));
        assertEquals("", types(reply, Section.AUTHORITY));
        assertFalse(reply.getHeader().getFlag(Flags.AD));
        assertEquals("wWw.test.", reply.getQuestion().getName().toString());
    }

    @Test
    void filter_ofAnotherType_keepsTheSignature() throws Exception {
        assertEquals("A RRSIG AAAA", types(forwarded(without(Type.TXT), "without ."), Section.ANSWER));
    }

    @Test
    void filter_ofTtls_keepsSignaturesAndDenials() throws Exception {
        FakeVerb ttl = filter("ttl", (query, reply) -> reply.withTtls(t -> 7));
        Message reply = forwarded(ttl, "ttl .");
        assertEquals("A RRSIG AAAA TXT", types(reply, Section.ANSWER));
        assertEquals("NSEC", types(reply, Section.AUTHORITY));
        assertTrue(reply.getSection(Section.ANSWER).stream().allMatch(r -> r.getTTL() == 7));
    }

    @Test
    void filter_withEdns_keepsTheOpt() throws Exception {
        Message query = new Message(Queries.of("a.test", Type.A));
        query.addRecord(new org.xbill.DNS.OPTRecord(1232, 0, 0), Section.ADDITIONAL);
        FakeVerb refuse = filter("refuse", (asked, reply) -> reply.withRcode(Rcode.NXDOMAIN));
        Message reply = Local.ask(
                List.of(refuse, answer(Local.record("a.test", Type.A, "192.0.2.1"))),
                query.toWire(),
                "refuse a",
                "answer a");
        assertEquals(Rcode.NXDOMAIN, reply.getRcode());
        assertNotNull(reply.getOPT());
    }

    @Test
    void filter_thatThrows_isServfail() throws Exception {
        FakeVerb bad = filter("bad", (query, reply) -> {
            throw new IOException("no luck");
        });
        Message reply = Local.ask(
                List.of(bad, answer(Local.record("a.test", Type.A, "192.0.2.1"))),
                Queries.of("a.test", Type.A),
                "bad a",
                "answer a");
        assertEquals(Rcode.SERVFAIL, reply.getRcode());
    }

    @Test
    void filter_noRuleOrDrop_isNotAsked() throws Exception {
        List<FakeVerb> verbs = List.of(noting("note"), FakeVerb.plain("drop", query -> Outcome.drop()));
        Message reply = Local.ask(verbs, Queries.of("a.test", Type.A), "note a");
        assertEquals(Rcode.REFUSED, reply.getRcode());
        assertEquals(null, Local.handle(verbs, Transport.UDP, Queries.of("a.test", Type.A), "note a", "drop a"));
        assertEquals(List.of(), seen);
        assertEquals(0, Header.rcode(new byte[Header.QUESTION]));
    }

    @Test
    void passOver_verbs_areNotAskedButOthersAre() throws Exception {
        List<FakeVerb> verbs = List.of(
                FakeVerb.plain("allow", query -> Outcome.passOver("drop")),
                FakeVerb.plain("drop", query -> Outcome.drop()),
                FakeVerb.rename(),
                answer(Local.record("b.test", Type.A, "192.0.2.1")));
        String[] lines = {"allow ^a", "rename ^a to b.test", "drop .", "answer ."};
        assertEquals("A", types(Local.ask(verbs, Queries.of("a.test", Type.A), lines), Section.ANSWER));
        assertEquals(null, Local.handle(verbs, Transport.UDP, Queries.of("c.test", Type.A), lines));
    }
}
