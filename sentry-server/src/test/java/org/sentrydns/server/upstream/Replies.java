package org.sentrydns.server.upstream;

import java.io.IOException;
import java.util.Arrays;
import org.sentrydns.server.wire.Header;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Replies as upstreams send them, for tests. */
public final class Replies {
    private Replies() {}

    /** One address for whatever is asked. */
    public static byte[] address(byte[] query, String address) {
        return with(query, 0, "A " + address);
    }

    public static byte[] failure(byte[] query, int rcode) {
        return with(query, rcode);
    }

    /** Answers owned by the name that was asked, each a type and its data. */
    public static byte[] with(byte[] query, int rcode, String... answers) {
        try {
            Message asked = new Message(query);
            Name name = asked.getQuestion().getName();
            Message reply = start(asked, rcode);
            for (String answer : answers) {
                String[] parts = answer.split(" ", 2);
                reply.addRecord(
                        Record.fromString(name, Type.value(parts[0]), DClass.IN, 60, parts[1], Name.root),
                        Section.ANSWER);
            }
            return reply.toWire(Header.MAX_MESSAGE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public static Message start(Message asked, int rcode) {
        Message reply = new Message(asked.getHeader().getID());
        reply.getHeader().setFlag(Flags.QR);
        reply.getHeader().setFlag(Flags.RD);
        reply.getHeader().setFlag(Flags.RA);
        reply.getHeader().setRcode(rcode);
        reply.addRecord(asked.getQuestion(), Section.QUESTION);
        return reply;
    }

    /** From a server that only knows who else may know. */
    public static byte[] referral(byte[] query) {
        try {
            Message reply = start(new Message(query), 0);
            reply.getHeader().unsetFlag(Flags.RA);
            reply.addRecord(
                    Record.fromString(Name.root, Type.NS, DClass.IN, 60, "a.root-servers.net.", Name.root),
                    Section.AUTHORITY);
            return reply.toWire(Header.MAX_MESSAGE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public static byte[] truncated(byte[] query) {
        byte[] reply = failure(query, 0);
        reply[2] |= 2;
        return reply;
    }

    public static byte[] wrongId(byte[] query) {
        byte[] reply = address(query, "6.6.6.6");
        reply[0] ^= 0x55;
        return reply;
    }

    public static byte[] wrongQuestion(byte[] query) {
        byte[] reply = address(query, "6.6.6.6");
        reply[Header.QUESTION + 1] ^= 1;
        return reply;
    }

    public static byte[] cut(byte[] query) {
        byte[] reply = address(query, "6.6.6.6");
        return Arrays.copyOf(reply, reply.length - 1);
    }
}
