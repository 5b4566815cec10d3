package org.sentrydns.server.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Policy;
import org.sentrydns.api.Reply;
import org.sentrydns.server.rule.FakeVerb;
import org.sentrydns.server.upstream.FakeUpstream;
import org.sentrydns.server.upstream.Replies;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.Queries;
import org.sentrydns.server.wire.WireName;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.CookieOption;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Queries that go to an upstream, and what clients get of its reply. */
final class ForwardingTest {
    private static final byte[] COOKIE = {1, 2, 3, 4, 5, 6, 7, 8};

    private static List<FakeVerb> verbs(FakeUpstream upstream) {
        Outcome forward = Outcome.forward(List.of(upstream.overUdp()), new Policy.Race());
        return List.of(
                FakeVerb.rename(),
                FakeVerb.plain("resolve", query -> forward),
                FakeVerb.plain("drop", query -> Outcome.drop()),
                FakeVerb.plain(
                        "block",
                        query -> Outcome.answer(Reply.failure(Rcode.NXDOMAIN)
                                .withExtendedError(ExtendedErrorCodeOption.BLOCKED, "block ^target"))),
                new FakeVerb("redirect", text -> {
                    text.keyword("to");
                    var target = text.name("a name");
                    return query -> Outcome.answer(Reply.of(new CNAMERecord(query.name(), DClass.IN, 300, target))
                            .withTargetResolved());
                }));
    }

    private static Message ask(FakeUpstream.Script script, byte[] query, String... lines) throws Exception {
        try (FakeUpstream upstream = FakeUpstream.start(script);
                Local.Server server = Local.server(verbs(upstream), lines)) {
            return server.ask(query);
        }
    }

    private static void address(FakeUpstream.Question question) {
        question.reply(Replies.address(question.bytes(), "192.0.2.1"));
    }

    private static String answers(Message reply) {
        return reply.getSection(Section.ANSWER).stream()
                .map(r -> r.getName() + " " + Type.string(r.getType()) + " " + r.rdataToString())
                .reduce((a, b) -> a + ", " + b)
                .orElse("nothing");
    }

    @Test
    void handle_forwarded_hasTheClientsIdAndLettersCase() throws Exception {
        Message reply = ask(
                question -> {
                    byte[] bytes = Replies.address(question.bytes(), "192.0.2.1");
                    bytes[Header.QUESTION + 1] ^= 0x20;
                    question.reply(bytes);
                },
                Queries.of("wWw.TEST", Type.A),
                "resolve .");
        assertEquals(Queries.ID, reply.getHeader().getID());
        assertEquals("wWw.TEST.", reply.getQuestion().getName().toString());
        assertEquals("wWw.TEST. A 192.0.2.1", answers(reply));
        assertNull(reply.getOPT());
    }

    @Test
    void handle_rewritten_hasTheClientsQuestionAndOwnerNames() throws Exception {
        AtomicReference<String> asked = new AtomicReference<>("");
        Message reply = ask(
                question -> {
                    asked.set(WireName.text(question.bytes(), Header.QUESTION));
                    question.reply(Replies.with(question.bytes(), 0, "A 192.0.2.1", "A 192.0.2.2"));
                },
                Queries.of("wWw.google.com", Type.A),
                "rename ^www to new.test",
                "resolve ^new");
        assertEquals("new.test.", asked.get());
        assertEquals("wWw.google.com.", reply.getQuestion().getName().toString());
        assertEquals("wWw.google.com. A 192.0.2.1, wWw.google.com. A 192.0.2.2", answers(reply));
        assertEquals(Queries.ID, reply.getHeader().getID());
    }

    @Test
    void handle_redirectCompleted_addsWhatTheTargetHas() throws Exception {
        Message reply = ask(
                ForwardingTest::address,
                Queries.of("wWw.test", Type.A),
                "redirect ^www to Target.test",
                "resolve ^target");
        assertEquals("wWw.test. CNAME Target.test., Target.test. A 192.0.2.1", answers(reply));
        assertEquals("wWw.test.", reply.getQuestion().getName().toString());
    }

    @Test
    void handle_redirectToANameThatDoesNotExist_saysNxdomain() throws Exception {
        Message reply = ask(
                question -> question.reply(Replies.failure(question.bytes(), Rcode.NXDOMAIN)),
                Queries.of("www.test", Type.A),
                "redirect ^www to target.test",
                "resolve ^target");
        assertEquals(Rcode.NXDOMAIN, reply.getRcode());
        assertEquals("www.test. CNAME target.test.", answers(reply));
    }

    @Test
    void handle_redirectToANameThatIsBlocked_saysWhichRuleItWas() throws Exception {
        Message reply = ask(
                question -> {},
                Queries.withEdns("www.test", Type.A, 1232, 0),
                "redirect ^www to target.test",
                "block ^target");
        assertEquals(Rcode.NXDOMAIN, reply.getRcode());
        assertEquals("15 block ^target", Local.extendedErrors(reply));
    }

    @ParameterizedTest
    @ValueSource(strings = {"drop ^target", "drop ^other"})
    void handle_redirectToANameWithoutAnswer_isTheBareCname(String rule) throws Exception {
        Message reply =
                ask(ForwardingTest::address, Queries.of("www.test", Type.A), "redirect ^www to target.test", rule);
        assertEquals("www.test. CNAME target.test.", answers(reply));
        assertEquals(Rcode.NOERROR, reply.getRcode());
    }

    @Test
    void handle_redirectForTypeCname_isNotFollowed() throws Exception {
        Message reply = ask(
                ForwardingTest::address,
                Queries.of("www.test", Type.CNAME),
                "redirect ^www to target.test",
                "resolve .");
        assertEquals("www.test. CNAME target.test.", answers(reply));
    }

    @Test
    void handle_redirectsInALoop_end() throws Exception {
        for (String target : List.of("www.test", "b.test")) {
            Message reply = ask(
                    ForwardingTest::address,
                    Queries.of("www.test", Type.A),
                    "redirect ^www to " + target,
                    "redirect ^b to www.test");
            assertEquals(Rcode.SERVFAIL, reply.getRcode(), target);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Type.AXFR, Type.IXFR})
    void handle_zoneTransfer_isRefused(int type) throws Exception {
        Message reply = ask(ForwardingTest::address, Queries.withEdns("www.test", type, 1232, 0), "resolve .");
        assertEquals(Rcode.REFUSED, reply.getRcode());
        assertEquals("21 no zone transfers", Local.extendedErrors(reply));
    }

    @Test
    void handle_silentUpstream_isServfail_withoutTellingClientsWhoItWas() throws Exception {
        Message reply = ask(question -> {}, Queries.withEdns("www.test", Type.A, 1232, 0), "resolve .");
        assertEquals(Rcode.SERVFAIL, reply.getRcode());
        assertEquals("22 no upstream answered", Local.extendedErrors(reply));
    }

    @ParameterizedTest
    @CsvSource({
        "0100, false, 81a0, 8180",
        "0120, false, 81a0, 81a0",
        "0100, true,  81a0, 81a0",
        "0100, true,  8580, 8180",
        "0110, false, 8190, 8190",
        "0000, false, 8180, 8080",
        "0100, false, 8183, 8183"
    })
    void handle_flags_areTheClientsRdAndCdAndAdForWhoAskedForIt(
            String query, boolean dnssecOk, String upstream, String reply) throws Exception {
        byte[] bytes = dnssecOk
                ? Queries.withEdns("www.test", Type.A, 1232, ExtendedFlags.DO)
                : Queries.of("www.test", Type.A);
        Header.put16(bytes, 2, Integer.parseInt(query, 16));
        Message message = ask(
                question -> {
                    byte[] answer = Replies.address(question.bytes(), "192.0.2.1");
                    Header.put16(answer, 2, Integer.parseInt(upstream, 16));
                    question.reply(answer);
                },
                bytes,
                "resolve .");
        assertEquals(Integer.parseInt(reply, 16), Header.flags(message.toWire()));
    }

    private static void withOpt(FakeUpstream.Question question) {
        try {
            Message reply = Replies.start(new Message(question.bytes()), Rcode.NOERROR);
            Record address = Local.record("www.test", Type.A, "192.0.2.1");
            reply.addRecord(address, Section.ANSWER);
            reply.addRecord(
                    new OPTRecord(
                            4096,
                            0,
                            0,
                            0,
                            List.of(new CookieOption(COOKIE, COOKIE), new ExtendedErrorCodeOption(7, "expired"))),
                    Section.ADDITIONAL);
            question.reply(reply.toWire(Header.MAX_MESSAGE));
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void handle_upstreamsOpt_isReplacedAndItsErrorsKept() throws Exception {
        for (String[] rules : new String[][] {{"resolve ."}, {"rename ^new to www.test", "resolve ."}}) {
            String name = rules.length == 1 ? "www.test" : "new.test";
            Message reply = ask(ForwardingTest::withOpt, Queries.withEdns(name, Type.A, 4096, ExtendedFlags.DO), rules);
            assertEquals("7 expired", Local.extendedErrors(reply));
            assertEquals(1232, reply.getOPT().getPayloadSize());
            assertEquals(ExtendedFlags.DO, reply.getOPT().getFlags());
            assertEquals(1, reply.getOPT().getOptions().size());
            assertEquals(name + ". A 192.0.2.1", answers(reply));
        }
    }

    @Test
    void handle_upstreamsOpt_isRemovedForWhoHasNone() throws Exception {
        Message reply = ask(ForwardingTest::withOpt, Queries.of("www.test", Type.A), "resolve .");
        assertNull(reply.getOPT());
        assertEquals(0, reply.getHeader().getCount(Section.ADDITIONAL));
    }

    @Test
    void handle_clientsCookie_staysHere() throws Exception {
        AtomicReference<Message> seen = new AtomicReference<>(new Message());
        ask(
                question -> {
                    try {
                        seen.set(new Message(question.bytes()));
                    } catch (java.io.IOException e) {
                        throw new AssertionError(e);
                    }
                    address(question);
                },
                Queries.withEdns("www.test", Type.A, 4096, ExtendedFlags.DO, new CookieOption(COOKIE)),
                "resolve .");
        OPTRecord opt = seen.get().getOPT();
        assertEquals(ExtendedFlags.DO, opt.getFlags());
        assertEquals(List.of(), opt.getOptions(EDNSOption.Code.COOKIE));
        assertTrue(seen.get().getHeader().getFlag(Flags.RD));
        assertFalse(seen.get().getHeader().getFlag(Flags.QR));
    }

    @Test
    void handle_rewrittenReplyThatIsNotValid_isServfail() throws Exception {
        Message reply = ask(
                question -> {
                    byte[] bytes = Replies.address(question.bytes(), "192.0.2.1");
                    // An A record of three bytes: whole as a record, but no address.
                    byte[] bad = java.util.Arrays.copyOf(bytes, bytes.length - 1);
                    Header.put16(bad, bad.length - 5, 3);
                    question.reply(bad);
                },
                Queries.of("www.test", Type.A),
                "rename ^www to new.test",
                "resolve .");
        assertEquals(Rcode.SERVFAIL, reply.getRcode());
    }
}
