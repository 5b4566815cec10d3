package org.sentrydns.server.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sentrydns.server.upstream.FakeUpstream;
import org.sentrydns.server.upstream.Replies;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.Hex;
import org.xbill.DNS.Message;

/** What no rule touched travels as the upstream's own bytes (RFC 5625), also out of the cache. */
final class TransparencyTest {
    private static final String OWN_OPT = "00 0029 04d0 00 00 0000 0000";

    /** A message with one question for www.test. */
    private static byte[] message(String flags, String typeAndClass, String counts, String records) {
        return Hex.bytes("1234" + flags + "0001" + counts + "03'wWw'04'test'00" + typeAndClass + records);
    }

    /** The script sends this reply to every question, with the question's ID and own letters' case. */
    private static FakeUpstream.Script script(byte[] reply) {
        return question -> question.reply(withIdOf(question.bytes(), reply));
    }

    private static byte[] withIdOf(byte[] question, byte[] reply) {
        byte[] copy = reply.clone();
        Header.put16(copy, 0, Header.id(question));
        return copy;
    }

    /** The same bytes must come from the upstream and from the cache, to clients with EDNS and without. */
    private static void assertPasses(String typeAndClass, String counts, String records, String upstreamsOpt)
            throws Exception {
        String more =
                counts.substring(0, 8) + Hex.of(new byte[] {0, (byte) (Integer.parseInt(counts.substring(8)) + 1)});
        byte[] reply = upstreamsOpt.isEmpty()
                ? message("8180", typeAndClass, counts, records)
                : message("8180", typeAndClass, more, records + upstreamsOpt);
        byte[] query = message("0100", typeAndClass, "000000000000", "");
        byte[] ednsQuery = message("0100", typeAndClass, "000000000001", OWN_OPT);
        String plain = Hex.of(message("8180", typeAndClass, counts, records));
        String edns = Hex.of(message("8180", typeAndClass, more, records + OWN_OPT));
        try (Stack stack = Stack.over(script(reply), "resolve .")) {
            assertEquals(plain, Hex.of(stack.reply(query)));
            assertEquals(plain, Hex.of(stack.reply(query)), "a second time");
            assertEquals(edns, Hex.of(stack.reply(ednsQuery)));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            unknown type, pointers in it | ff000001 | 000100000000 | c00c ff00 0001 0000003c 0006 00c0 0cff c001
            unknown type, no data        | ff000001 | 000100000000 | c00c ff00 0001 0000003c 0000
            unknown class                | 00018001 | 000100000000 | c00c 0001 8001 0000003c 0003 c00cff
            CHAOS                        | 00100003 | 000100000000 | c00c 0010 0003 00000000 0004 03'abc'
            NULL                         | 000a0001 | 000100000000 | c00c 000a 0001 0000003c 0003 c0ff00
            ANY                          | 00ff0001 | 000100000000 | c00c 000d 0001 0000003c 0009 07'RFC8482'00
            long pointers into data      | 000f0001 | 000200000000 | c00c 000f 0001 0000003c 0006 0001 01'm'c010 c00c 000f 0001 0000003c 0005 0002 c02c 00
            owner in full, other case    | 00010001 | 000100000000 | 03'WwW'04'tEsT'00 0001 0001 0000003c 0004 c0000201
            types in an odd order        | 001c0001 | 000300000000 | c00c 001c 0001 0000003c 0010 20010db8000000000000000000000001 c00c 0001 0001 0000003c 0004 c0000201 c00c 001c 0001 0000003c 0010 20010db8000000000000000000000002
            the same record twice        | 00010001 | 000200000000 | c00c 0001 0001 0000003c 0004 c0000201 c00c 0001 0001 0000003c 0004 c0000201
            all sections                 | 00010001 | 000100010001 | c00c 0001 0001 0000003c 0004 c0000201 c010 0002 0001 0000003c 0005 02'ns'c010 c036 0001 0001 0000003c 0004 c0000202
            """)
    void handle_reply_passesOctetForOctet(String what, String question, String counts, String records)
            throws Exception {
        assertPasses(question, counts, records, "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            A of 3 bytes        | 00010001 | 000100000000 | c00c 0001 0001 0000003c 0003 c00002                                    |
            HTTPS out of order  | 00410001 | 000100000000 | c00c 0041 0001 0000003c 0010 0001 00 0003 0002 01bb 0001 0003 02'h2'    |
            HTTPS key twice     | 00410001 | 000100000000 | c00c 0041 0001 0000003c 000f 0001 00 0003 0002 01bb 0003 0002 01bb      |
            TXT that is cut     | 00100001 | 000100000000 | c00c 0010 0001 0000003c 0002 0561                                       |
            MX without a name   | 000f0001 | 000100000000 | c00c 000f 0001 0000003c 0002 0001                                       |
            cookie of 4 bytes   | 00010001 | 000100000000 | c00c 0001 0001 0000003c 0004 c0000201 | 00 0029 04d0 00000000 0008 000a 0004 01020304
            ECS too short       | 00010001 | 000100000000 | c00c 0001 0001 0000003c 0004 c0000201 | 00 0029 04d0 00000000 0007 0008 0003 000120
            """)
    void handle_replyThatTheLibraryRefusesOrReorders_passesOctetForOctet(
            String what, String question, String counts, String records, String opt) throws Exception {
        int additional = opt == null ? 0 : 1;
        byte[] whole =
                message("8180", question, counts.substring(0, 11) + additional, records + (opt == null ? "" : opt));
        assertFalse(isRepeated(whole), "the library writes the same, so this shows nothing");
        assertPasses(question, counts, records, opt == null ? "" : opt);
    }

    private static boolean isRepeated(byte[] message) {
        try {
            return Arrays.equals(message, new Message(message).toWire());
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    @Test
    void handle_unknownTypesWithAnyData_passOctetForOctet() throws Exception {
        Random random = new Random(3597);
        for (int i = 0; i < 100; i++) {
            byte[] data = new byte[random.nextInt(200)];
            random.nextBytes(data);
            String type = Hex.of(new byte[] {(byte) (0x80 + random.nextInt(0x7f)), (byte) random.nextInt(256)});
            String length = Hex.of(new byte[] {0, (byte) data.length});
            assertPasses(type + "0001", "000100000000", "c00c" + type + "0001 0000003c" + length + Hex.of(data), "");
        }
    }

    @ParameterizedTest
    @CsvSource({"ff000001", "00018001", "ff008001", "00ff0001", "00100003", "000000fe", "ffff00ff", "00290001"})
    void handle_anyTypeAndClass_reachesTheUpstreamAsItIs(String typeAndClass) throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        byte[] reply = message("8180", typeAndClass, "000000000000", "");
        FakeUpstream.Script script = question -> {
            byte[] bytes = question.bytes().clone();
            Header.put16(bytes, 0, 0);
            seen.add(Hex.of(bytes));
            question.reply(withIdOf(question.bytes(), reply));
        };
        try (Stack stack = Stack.over(script, "resolve .")) {
            byte[] query = message("0100", typeAndClass, "000000000000", "");
            assertEquals(Hex.of(reply), Hex.of(stack.reply(query)));
            Header.put16(query, 0, 0);
            assertEquals(List.of(Hex.of(query)), seen);
        }
    }

    @Test
    void handle_largeReply_passesOctetForOctetOverTcp() throws Exception {
        byte[] head = message("8180", "ff000001", "000100000000", "c00c ff00 0001 0000003c ea60");
        byte[] large = Arrays.copyOf(head, head.length + 60_000);
        for (int at = head.length; at < large.length; at++) {
            large[at] = (byte) at;
        }
        FakeUpstream.Script script = question -> question.reply(
                question.isTcp() ? withIdOf(question.bytes(), large) : Replies.truncated(question.bytes()));
        try (Stack stack = Stack.over(script, "resolve .")) {
            byte[] query = message("0100", "ff000001", "000000000000", "");
            assertEquals(Hex.of(large), Hex.of(stack.reply(query)));
            assertEquals(Hex.of(large), Hex.of(stack.reply(query)), "out of the cache");
            assertEquals(2, stack.upstream().queries());
        }
    }

    @ParameterizedTest
    @CsvSource({"1000", "4000", "8000"})
    void handle_largeUdpReply_passesOctetForOctet(int bytes) throws Exception {
        byte[] head = message("8180", "ff000001", "000100000000", "c00c ff00 0001 0000003c");
        byte[] large = Arrays.copyOf(head, head.length + 2 + bytes);
        Header.put16(large, head.length, bytes);
        try (Stack stack = Stack.over(script(large), "resolve .")) {
            byte[] query = message("0100", "ff000001", "000000000000", "");
            assertEquals(Hex.of(large), Hex.of(stack.reply(query)));
            assertEquals(1, stack.upstream().queries());
        }
    }
}
