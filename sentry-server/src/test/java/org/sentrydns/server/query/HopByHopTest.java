package org.sentrydns.server.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sentrydns.api.Transport;
import org.sentrydns.server.upstream.FakeUpstream;
import org.sentrydns.server.upstream.Replies;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.Hex;
import org.sentrydns.server.wire.Queries;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** The OPT record concerns one hop (RFC 6891 section 6.1.1): each side gets Sentry's own. */
final class HopByHopTest {
    private static final String QUESTION = "03'www'04'test'00 0001 0001";
    private static final String ANSWER = "c00c 0001 0001 0000003c 0004 c0000201";
    private static final String OWN_OPT = "00 0029 04d0 00 00 0000 0000";

    private static byte[] query(String opt) {
        return Hex.bytes("1234 0100 0001 0000 0000 0001" + QUESTION + opt);
    }

    private static String opt(String size, String flags, String options) {
        int length = Hex.bytes(options).length;
        return "00 0029" + size + "0000" + flags + Hex.of(new byte[] {(byte) (length >> 8), (byte) length}) + options;
    }

    /** Sends the records behind the question, whatever was asked. */
    private static FakeUpstream.Script sending(String counts, String records) {
        return question -> {
            byte[] reply = Hex.bytes("0000 8180 0001" + counts + QUESTION + records);
            Header.put16(reply, 0, Header.id(question.bytes()));
            question.reply(reply);
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nothing            | 1000 | 0000 | ''
            cookie             | 1000 | 0000 | 000a 0008 0102030405060708
            cookie too short   | 1000 | 0000 | 000a 0004 01020304
            client subnet      | 1000 | 0000 | 0008 0007 0001 1800 c00002
            subnet opt-out     | 1000 | 0000 | 0008 0004 0001 0000
            subnet cut         | 1000 | 0000 | 0008 0003 000120
            keepalive          | 1000 | 0000 | 000b 0000
            padding            | 1000 | 0000 | 000c 0004 00000000
            server's name      | 1000 | 0000 | 0003 0000
            unknown            | 1000 | 0000 | fde9 0003 'abc' fde9 0000
            size 0             | 0000 | 0000 | ''
            size 65535         | ffff | 0000 | ''
            unknown flags      | 1000 | 7fff | ''
            """)
    void handle_clientsOpt_staysHere(String what, String size, String flags, String options) throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        FakeUpstream.Script script = question -> {
            byte[] copy = question.bytes().clone();
            Header.put16(copy, 0, 0x1234);
            seen.add(Hex.of(copy));
            sending("0001 0000 0000", ANSWER).on(question);
        };
        try (Stack stack = Stack.over(script, "resolve .")) {
            byte[] reply = stack.reply(Transport.UDP, query(opt(size, flags, options.replace("''", ""))));
            assertEquals(List.of(Hex.of(query(OWN_OPT))), seen);
            assertEquals(
                    Hex.of(Hex.bytes("1234 8180 0001 0001 0000 0001" + QUESTION + ANSWER + OWN_OPT)), Hex.of(reply));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cookie           | 000a 0010 0102030405060708 0102030405060708             | ''
            client subnet    | 0008 0007 0001 1818 c00002                              | ''
            keepalive        | 000b 0002 0064                                          | ''
            padding          | 000c 0004 00000000                                      | ''
            server's name    | 0003 0003 'abc'                                         | ''
            unknown          | fde9 0003 'abc'                                         | ''
            an error         | 000f 0002 0007                                          | 000f 0002 0007
            error in between | 000c 0001 00 000f 0005 0007'abc' 0003 0001 'a'          | 000f 0005 0007'abc'
            an error cut     | 000f 0001 00                                            | ''
            two errors       | 000f 0002 0007 000f 0002 0016                           | 000f 0002 0007 000f 0002 0016
            """)
    void handle_upstreamsOptions_areNotPassedOn_butErrorsAre(String what, String options, String kept)
            throws Exception {
        FakeUpstream.Script script = sending("0001 0000 0001", ANSWER + opt("1000", "ffff", options));
        try (Stack stack = Stack.over(script, "resolve .")) {
            for (String from : List.of("the upstream", "the cache")) {
                assertEquals(
                        Hex.of(Hex.bytes("1234 8180 0001 0001 0000 0001" + QUESTION + ANSWER
                                + opt("04d0", "0000", kept.replace("''", "")))),
                        Hex.of(stack.reply(query(OWN_OPT))),
                        from);
            }
            byte[] plain = Queries.of("www.test", Type.A);
            assertEquals(
                    Hex.of(Hex.bytes("1234 8180 0001 0001 0000 0000" + QUESTION + ANSWER)), Hex.of(stack.reply(plain)));
        }
    }

    @ParameterizedTest
    @CsvSource({"000a 0005 0102030405", "0008 0008 0001 1800 c0000201", "000b 0001 00", "000f 0001 00"})
    void handle_rewrittenQuery_isAnsweredWhateverTheUpstreamsOptions(String options) throws Exception {
        String records = ANSWER + opt("1000", "0000", options + "000f 0002 0007");
        try (Stack stack = Stack.over(sending("0001 0000 0001", records), "rename ^old to www.test", "resolve .")) {
            Message reply = stack.ask(Queries.withEdns("old.test", Type.A, 1232, 0));
            assertEquals(
                    "old.test.",
                    reply.getSection(Section.ANSWER).getFirst().getName().toString());
            assertTrue(Local.extendedErrors(reply).startsWith("7 "), Local.extendedErrors(reply));
        }
    }

    /** Codes that say what is wrong with a query are about the one to the upstream. */
    @ParameterizedTest
    @CsvSource({"1, 2", "2, 2", "3, 3", "4, 2", "5, 0", "6, 6", "9, 2"})
    void handle_redirectToWhatFails_saysSo(int upstreams, int clients) throws Exception {
        FakeUpstream.Script script = question -> question.reply(Replies.failure(question.bytes(), upstreams));
        try (Stack stack = Stack.over(script, "redirect ^www to new.test", "resolve .")) {
            Message reply = stack.ask(query(OWN_OPT));
            assertEquals(clients, reply.getRcode());
            assertEquals(clients == 2, reply.getSection(Section.ANSWER).isEmpty());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "answer .",
        "block .",
        "answer ^nothing",
        "resolve .",
        "redirect ^www to new.test",
        "rename ^www to a.test"
    })
    void handle_optInTheReply_isForWhoSentOne(String rule) throws Exception {
        FakeUpstream.Script script = question -> question.reply(Replies.address(question.bytes(), "192.0.2.1"));
        try (Stack stack = Stack.over(script, rule, "resolve ^a")) {
            for (int type : new int[] {Type.A, Type.AXFR}) {
                assertNull(stack.ask(Queries.of("www.test", type)).getOPT());
                Message reply = stack.ask(Queries.withEdns("www.test", type, 4096, 0));
                assertNotNull(reply.getOPT());
                assertEquals(1232, reply.getOPT().getPayloadSize());
                assertEquals(0, reply.getOPT().getVersion());
            }
        }
    }

    /** OPT may stand anywhere in its section (RFC 6891 section 6.1.1). */
    @Test
    void handle_upstreamWithItsOptFirst_isAnsweredWithAllItsRecords() throws Exception {
        String records = ANSWER + opt("1000", "0000", "000f 0002 0007") + "02'ns'c010 0001 0001 0000003c 0004 c0000202";
        for (String answer : List.of(ANSWER, "c00c 0001 0001 0000003c 0003 c00002")) {
            try (Stack stack = Stack.over(sending("0001 0000 0002", records.replace(ANSWER, answer)), "resolve .")) {
                for (byte[] query : List.of(Queries.of("www.test", Type.A), query(OWN_OPT))) {
                    byte[] reply = stack.reply(query);
                    assertEquals(0x8180, Header.flags(reply), answer);
                    assertEquals(1, Header.count(reply, 1));
                    assertEquals(1 + Header.count(query, 3), Header.count(reply, 3));
                }
            }
        }
    }

    @Test
    void handle_bytesBehindAReply_areCut() throws Exception {
        for (String opt : List.of("", OWN_OPT)) {
            String additional = opt.isEmpty() ? "0000" : "0001";
            String junk = ANSWER + opt + "c00c ff";
            try (Stack stack = Stack.over(sending("0001 0000" + additional, junk), "resolve .")) {
                assertEquals(
                        Hex.of(Hex.bytes("1234 8180 0001 0001 0000 0000" + QUESTION + ANSWER)),
                        Hex.of(stack.reply(Queries.of("www.test", Type.A))));
                assertEquals(
                        Hex.of(Hex.bytes("1234 8180 0001 0001 0000 0001" + QUESTION + ANSWER + OWN_OPT)),
                        Hex.of(stack.reply(query(OWN_OPT))));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 3", "3, 19"})
    void handle_answerThatHasRunOut_saysSo(int rcode, int infoCode) throws Exception {
        AtomicBoolean dead = new AtomicBoolean();
        FakeUpstream.Script script = question -> {
            String soa = "c010 0006 0001 0000003c 0016 00 00 00000001 00000002 00000003 00000004 0000003c";
            byte[] reply = Hex.bytes("0000 8180 0001 0000 0001 0000" + QUESTION + soa);
            Header.put16(reply, 0, Header.id(question.bytes()));
            reply[3] |= (byte) rcode;
            question.reply(dead.get() ? Replies.failure(question.bytes(), 2) : reply);
        };
        try (Stack stack = Stack.over(script, "resolve .")) {
            assertEquals("", Local.extendedErrors(stack.ask(query(OWN_OPT))));
            dead.set(true);
            stack.pass(Duration.ofHours(1));
            Message reply = stack.ask(query(OWN_OPT));
            assertEquals(rcode, reply.getRcode());
            assertTrue(Local.extendedErrors(reply).startsWith(infoCode + " "), Local.extendedErrors(reply));
            assertEquals(30, reply.getSection(Section.AUTHORITY).getFirst().getTTL());
        }
    }
}
