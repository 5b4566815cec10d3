package org.sentrydns.server.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.sentrydns.server.upstream.FakeUpstream;
import org.sentrydns.server.upstream.Replies;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.Queries;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What a rewrite or a redirect changes in a reply, and what it must not leave behind. */
final class RewrittenAnswerTest {
    private static final String SIGNATURE = " 8 2 60 20300101000000 20200101000000 1 test. AQID";

    /** Records as {@code section owner type data}. */
    private static FakeUpstream.Script sending(String... records) {
        return question -> {
            try {
                Message reply = Replies.start(new Message(question.bytes()), Rcode.NOERROR);
                for (String record : records) {
                    String[] part = record.split(" ", 4);
                    reply.addRecord(
                            Record.fromString(
                                    Queries.name(part[1]), Type.value(part[2]), DClass.IN, 60, part[3], Name.root),
                            Section.value(part[0]));
                }
                question.reply(reply.toWire(Header.MAX_MESSAGE));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        };
    }

    private static List<String> records(Message message, int section) {
        return message.getSection(section).stream()
                .map(record -> record.getName() + " " + Type.string(record.getType()))
                .toList();
    }

    @Test
    void rewrite_ownerNames_areRestoredInEverySection() throws Exception {
        FakeUpstream.Script script = sending(
                "an new.test A 192.0.2.1",
                "au NEW.test SOA ns.test. mail.test. 1 2 3 4 5",
                "au test NS ns.test.",
                "ad new.test AAAA ::1",
                "ad ns.test A 192.0.2.53");
        try (Stack stack = Stack.over(script, "rename ^old to new.test", "resolve .")) {
            Message reply = stack.ask(Queries.of("Old.test", Type.A));
            assertEquals(List.of("Old.test. A"), records(reply, Section.ANSWER));
            assertEquals(List.of("Old.test. SOA", "test. NS"), records(reply, Section.AUTHORITY));
            assertEquals(List.of("Old.test. AAAA", "ns.test. A"), records(reply, Section.ADDITIONAL));
            assertEquals("Old.test.", reply.getQuestion().getName().toString());
        }
    }

    /** As www mostly is one of the zone's own name. */
    @Test
    void rewrite_toAnAliasOfTheClientsName_isNoLoop() throws Exception {
        FakeUpstream.Script script =
                sending("an new.test CNAME other.test.", "an Other.test CNAME OLD.test.", "an old.test A 192.0.2.1");
        try (Stack stack = Stack.over(script, "rename ^old to new.test", "resolve .")) {
            assertEquals(List.of("old.test. A"), records(stack.ask(Queries.of("old.test", Type.A)), Section.ANSWER));
        }
        FakeUpstream.Script elsewhere = sending("an new.test CNAME other.test.", "an other.test A 192.0.2.1");
        try (Stack stack = Stack.over(elsewhere, "rename ^old to new.test", "resolve .")) {
            assertEquals(
                    List.of("old.test. CNAME", "other.test. A"),
                    records(stack.ask(Queries.of("old.test", Type.A)), Section.ANSWER));
        }
    }

    @Test
    void rewrite_signaturesAndProofs_areRemovedUnlessAskedFor() throws Exception {
        FakeUpstream.Script script = sending(
                "an new.test A 192.0.2.1",
                "an new.test RRSIG A" + SIGNATURE,
                "au new.test NSEC z.test. A RRSIG",
                "au new.test RRSIG NSEC" + SIGNATURE);
        try (Stack stack = Stack.over(script, "rename ^old to new.test", "resolve .")) {
            Message reply = stack.ask(Queries.withEdns("old.test", Type.A, 1232, ExtendedFlags.DO));
            assertEquals(List.of("old.test. A"), records(reply, Section.ANSWER));
            assertEquals(List.of(), records(reply, Section.AUTHORITY));
            Message asked = stack.ask(Queries.withEdns("old.test", Type.RRSIG, 1232, ExtendedFlags.DO));
            assertEquals(List.of("old.test. A", "old.test. RRSIG"), records(asked, Section.ANSWER));
        }
    }

    @Test
    void rewrite_dnameAboveTheNewName_isRemovedAndItsCnameStays() throws Exception {
        FakeUpstream.Script script = sending(
                "an tree.test DNAME other.test.",
                "an new.tree.test CNAME new.other.test.",
                "an new.other.test A 192.0.2.1");
        try (Stack stack = Stack.over(script, "rename ^old to new.tree.test", "resolve .")) {
            Message reply = stack.ask(Queries.of("old.test", Type.A));
            assertEquals(List.of("old.test. CNAME", "new.other.test. A"), records(reply, Section.ANSWER));
        }
    }

    @Test
    void rewrite_dnameOfTheNewName_isTheOldNames() throws Exception {
        FakeUpstream.Script script = sending("an new.test DNAME other.test.");
        try (Stack stack = Stack.over(script, "rename ^old to new.test", "resolve .")) {
            Message reply = stack.ask(Queries.of("old.test", Type.DNAME));
            assertEquals(List.of("old.test. DNAME"), records(reply, Section.ANSWER));
        }
    }

    /** BADCOOKIE and its like are between Sentry and the upstream (RFC 7873): nothing that a client could do about them. */
    @Test
    void redirect_toATargetThatFailsBeyondTheHeadersCodes_isAFailure() throws Exception {
        FakeUpstream.Script script = failing(Rcode.BADCOOKIE);
        try (Stack stack = Stack.over(script, "redirect ^old to new.test", "resolve .")) {
            Message reply = stack.ask(Queries.withEdns("old.test", Type.A, 1232, 0));
            assertEquals(Rcode.SERVFAIL, reply.getRcode());
            assertFalse(Local.extendedErrors(reply).contains("internal error"), reply::toString);
        }
    }

    private static FakeUpstream.Script failing(int rcode) {
        return question -> {
            try {
                Message reply = Replies.start(new Message(question.bytes()), rcode & 0xf);
                reply.addRecord(new OPTRecord(1232, rcode >> 4, 0), Section.ADDITIONAL);
                question.reply(reply.toWire(Header.MAX_MESSAGE));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        };
    }

    /** The lower bits of BADVERS alone would say that there is nothing. */
    @Test
    void rewrite_ofAFailureBeyondTheHeadersCodes_isAFailureWithoutEdnsToo() throws Exception {
        try (Stack stack = Stack.over(failing(Rcode.BADVERS), "rename ^old to new.test", "resolve .")) {
            assertEquals(
                    Rcode.SERVFAIL, stack.ask(Queries.of("old.test", Type.A)).getRcode());
            Message reply = stack.ask(Queries.withEdns("old.test", Type.A, 1232, 0));
            assertEquals(Rcode.BADVERS, reply.getRcode());
        }
    }

    @Test
    void redirects_fromOneToTheNext_areFollowedEightTimes() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        FakeUpstream.Script script = question -> {
            asked.incrementAndGet();
            question.reply(Replies.address(question.bytes(), "192.0.2.1"));
        };
        String[] rules = new String[10];
        for (int i = 0; i < 9; i++) {
            rules[i] = "redirect ^n" + i + "\\. to n" + (i + 1) + ".test";
        }
        rules[9] = "resolve .";
        try (Stack stack = Stack.over(script, rules)) {
            Message eight = stack.ask(Queries.of("n1.test", Type.A));
            assertEquals(Rcode.NOERROR, eight.getRcode());
            assertEquals(9, eight.getSection(Section.ANSWER).size());
            assertEquals(1, asked.get());
            assertEquals(
                    Rcode.SERVFAIL, stack.ask(Queries.of("n0.test", Type.A)).getRcode());
            assertTrue(asked.get() == 1, "a chain that is too long was asked for");
        }
    }
}
