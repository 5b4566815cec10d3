package org.sentrydns.server.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

final class ShortenedTest {
    private static byte[] reply(int answers, int servers, int addresses, boolean edns) throws IOException {
        Name owner = Name.fromString("www.fat.test.");
        Message reply = Message.newQuery(Record.newRecord(owner, Type.A, DClass.IN));
        reply.getHeader().setFlag(Flags.QR);
        add(reply, answers, owner, Type.A, "192.0.2.1", Section.ANSWER);
        add(reply, servers, Name.fromString("fat.test."), Type.NS, "ns.fat.test.", Section.AUTHORITY);
        add(reply, addresses, Name.fromString("ns.fat.test."), Type.A, "192.0.2.2", Section.ADDITIONAL);
        if (edns) {
            reply.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
        }
        return reply.toWire(Header.MAX_MESSAGE);
    }

    private static void add(Message reply, int count, Name owner, int type, String data, int section)
            throws IOException {
        for (int i = 0; i < count; i++) {
            reply.addRecord(Record.fromString(owner, type, DClass.IN, 60 + i, data, Name.root), section);
        }
    }

    /** In bytes: header and question 30, an answer 16, the first server 16 or so and the next 14, an address 16, OPT 11. */
    @ParameterizedTest
    @CsvSource({
        "1, 13, 26, true,  false, 1 13 1",
        "1, 13, 26, true,  true,  1 13 1",
        "1, 13, 26, false, false, 1 13 0",
        "1, 40, 1,  true,  false, 1 0 1",
        "1, 40, 1,  false, false, 1 0 0",
        "9, 30, 0,  true,  false, 9 0 1",
    })
    void whatTheClientNeedsNot_isLeftOut(
            int answers, int servers, int addresses, boolean edns, boolean proven, String expected) throws IOException {
        byte[] reply = reply(answers, servers, addresses, edns);
        assertTrue(reply.length > 512);
        byte[] shortened = Objects.requireNonNull(Shortened.to(512, reply, proven));
        Message read = new Message(shortened);
        assertTrue(shortened.length <= 512);
        assertEquals(
                expected,
                read.getSection(Section.ANSWER).size() + " "
                        + read.getSection(Section.AUTHORITY).size() + " "
                        + read.getSection(Section.ADDITIONAL).size());
    }

    @Test
    void whatTheClientNeeds_isNot() throws IOException {
        assertNull(Shortened.to(512, reply(40, 0, 0, true), false), "too many answers");
        assertNull(Shortened.to(512, reply(1, 40, 0, true), true), "proofs are part of the answer");
        assertNull(Shortened.to(512, reply(0, 13, 26, true), false), "a referral is all there is");
        assertNull(Shortened.to(512, new byte[600], false), "no message");
    }

    @Test
    void soaOfAnAliasThatLeadsToNothing_isKept() throws IOException {
        Message reply = new Message(reply(1, 0, 33, false));
        Record soa = Record.fromString(
                Name.fromString("fat.test."), Type.SOA, DClass.IN, 60, "ns h 1 2 3 4 5", Name.fromString("fat.test."));
        reply.addRecord(soa, Section.AUTHORITY);
        byte[] cut = Objects.requireNonNull(Shortened.to(512, reply.toWire(Header.MAX_MESSAGE), false));
        assertEquals(1, Header.count(cut, 2));
        add(reply, 33, Name.fromString("fat.test."), Type.NS, "ns.fat.test.", Section.AUTHORITY);
        assertNull(Shortened.to(512, reply.toWire(Header.MAX_MESSAGE), false));
    }
}
