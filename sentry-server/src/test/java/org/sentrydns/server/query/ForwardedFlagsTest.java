package org.sentrydns.server.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sentrydns.api.Transport;
import org.sentrydns.server.upstream.FakeUpstream;
import org.sentrydns.server.upstream.Replies;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.Hex;
import org.sentrydns.server.wire.Queries;
import org.sentrydns.server.wire.WireName;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What becomes of ID, flags and question on the way to the upstream and back. */
final class ForwardedFlagsTest {

    private static byte[] query(String name, String flags, String edns) {
        byte[] query = switch (edns) {
            case "do" -> Queries.withEdns(name, Type.A, 1232, ExtendedFlags.DO);
            case "edns" -> Queries.withEdns(name, Type.A, 1232, 0);
            default -> Queries.of(name, Type.A);
        };
        Header.put16(query, 2, Integer.parseInt(flags, 16));
        return query;
    }

    /** Answers with these flags and an address. */
    private static FakeUpstream.Script answering(String flags, List<String> seen) {
        return question -> {
            byte[] bytes = question.bytes();
            int optFlags = bytes.length - 4;
            boolean dnssecOk = Header.count(bytes, 3) == 1 && (bytes[optFlags] & 0x80) != 0;
            seen.add("%04x %s".formatted(Header.flags(bytes), dnssecOk ? "do" : "-"));
            byte[] reply = Replies.address(bytes, "192.0.2.1");
            Header.put16(reply, 2, Integer.parseInt(flags, 16));
            question.reply(reply);
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            query | edns | upstream sees | it says | client gets
            0100  | -    | 0100 -        | 81a0    | 8180
            0100  | edns | 0100 -        | 81a0    | 8180
            0100  | do   | 0100 do       | 81a0    | 81a0
            0120  | -    | 0120 -        | 81a0    | 81a0
            0120  | edns | 0120 -        | 81a0    | 81a0
            0120  | do   | 0120 do       | 81a0    | 81a0
            0110  | -    | 0110 -        | 81b0    | 8190
            0110  | edns | 0110 -        | 81b0    | 8190
            0110  | do   | 0110 do       | 81b0    | 81b0
            0130  | -    | 0130 -        | 81b0    | 81b0
            0130  | edns | 0130 -        | 81b0    | 81b0
            0130  | do   | 0130 do       | 81b0    | 81b0
            0120  | do   | 0120 do       | 8180    | 8180
            0110  | do   | 0110 do       | 8180    | 8190
            0100  | do   | 0100 do       | 8190    | 8180
            0000  | -    | 0000 -        | 8180    | 8080
            0100  | -    | 0100 -        | 8080    | 8180
            0100  | -    | 0100 -        | 8100    | 8180
            0100  | -    | 0100 -        | 85c0    | 8180
            0740  | -    | 0100 -        | 8180    | 8180
            """)
    void handle_flags_goAndComeBack(String flags, String edns, String upstream, String says, String gets)
            throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (Stack stack = Stack.over(answering(says, seen), "resolve .")) {
            byte[] query = query("www.test", flags, edns);
            for (String from : List.of("the upstream", "the cache")) {
                byte[] reply = stack.reply(query);
                assertEquals(gets, "%04x".formatted(Header.flags(reply)), from);
                if (!edns.equals("-")) {
                    assertEquals(edns.equals("do"), (reply[reply.length - 4] & 0x80) != 0, "DO from " + from);
                }
            }
            assertEquals(List.of(upstream), seen);
        }
    }

    @ParameterizedTest
    @CsvSource({"rename ^www to new.test, resolve .", "redirect ^www to new.test, resolve ^new"})
    void handle_alteredAnswer_neverHasAd(String first, String second) throws Exception {
        try (Stack stack = Stack.over(answering("81a0", new CopyOnWriteArrayList<>()), first, second)) {
            assertEquals(0x8180, Header.flags(stack.reply(query("www.test", "0120", "do"))));
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
    void handle_everyReply_hasTheClientsIdQuestionRdAndCd_andRa(String rule) throws Exception {
        try (Stack stack = Stack.over(answering("8580", new CopyOnWriteArrayList<>()), rule, "resolve ^a")) {
            for (String flags : List.of("0000", "0100", "0010", "0110")) {
                byte[] query = query("wWw.TesT", flags, "-");
                Header.put16(query, 0, 0xbeef);
                byte[] reply = stack.reply(Transport.UDP, query);
                assertEquals(0xbeef, Header.id(reply));
                int expected = Header.QR | Header.RA | Integer.parseInt(flags, 16);
                assertEquals(Integer.toHexString(expected), Integer.toHexString(Header.flags(reply) & ~Header.RCODE));
                assertEquals(1, Header.count(reply, 0));
                assertEquals(
                        Hex.of(query).substring(2 * Header.LENGTH),
                        Hex.of(reply).substring(2 * Header.LENGTH, 2 * query.length));
            }
        }
    }

    @Test
    void handle_cacheHit_hasEachClientsOwnLettersCase() throws Exception {
        try (Stack stack = Stack.over(answering("8180", new CopyOnWriteArrayList<>()), "resolve .")) {
            for (String name : List.of("www.test.", "WWW.TEST.", "wWw.TesT.")) {
                byte[] reply = stack.reply(query(name, "0100", "-"));
                assertEquals(name, WireName.text(reply, Header.QUESTION));
            }
            assertEquals(1, stack.upstream().queries());
        }
    }

    @Test
    void handle_caseRandomisation_isNotSeenByTheClient() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        FakeUpstream.Script script = question -> {
            asked.add(WireName.text(question.bytes(), Header.QUESTION));
            question.reply(Replies.address(question.bytes(), "192.0.2.1"));
        };
        try (Stack stack = Stack.over(true, script, "resolve .")) {
            String name = "A-Name-With-Many-Letters.Test.";
            byte[] reply = stack.reply(query(name, "0100", "-"));
            assertEquals(name, WireName.text(reply, Header.QUESTION));
            assertEquals(1, asked.size());
            assertEquals(false, asked.contains(name));
        }
    }

    @Test
    void handle_caseRandomisation_isNotSeenInNamesThatLeanOnARewrittenQuestion() throws Exception {
        FakeUpstream.Script script = question ->
                question.reply(Replies.with(question.bytes(), 0, "MX 10 mail.a-name-with-many-letters.test."));
        try (Stack stack = Stack.over(true, script, "rename ^www to a-name-with-many-letters.test", "resolve .")) {
            Message reply = stack.ask(Queries.of("www.test", Type.MX));
            assertEquals(
                    "10 mail.a-name-with-many-letters.test.",
                    reply.getSection(Section.ANSWER).getFirst().rdataToString());
        }
    }
}
