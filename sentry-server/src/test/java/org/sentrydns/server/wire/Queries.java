package org.sentrydns.server.wire;

import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;

/** Queries as clients send them, for tests. */
public final class Queries {
    public static final int ID = 0x1234;

    private Queries() {}

    public static byte[] of(String name, int type) {
        return of(name, type, DClass.IN);
    }

    public static byte[] of(String name, int type, int dnsClass) {
        return message(name, type, dnsClass).toWire(65535);
    }

    public static byte[] withEdns(String name, int type, int size, int flags, EDNSOption... options) {
        Message message = message(name, type, DClass.IN);
        message.addRecord(new OPTRecord(size, 0, 0, flags, java.util.List.of(options)), Section.ADDITIONAL);
        return message.toWire(65535);
    }

    /** Reads what must be a query. */
    public static QueryMessage decoded(byte[] bytes) {
        if (QueryMessage.decode(bytes) instanceof QueryMessage query) {
            return query;
        }
        throw new AssertionError("not a query");
    }

    public static Name name(String text) {
        try {
            return Name.fromString(text, Name.root);
        } catch (TextParseException e) {
            throw new AssertionError(e);
        }
    }

    private static Message message(String name, int type, int dnsClass) {
        Message message = new Message(ID);
        message.getHeader().setFlag(Flags.RD);
        message.addRecord(Record.newRecord(name(name), type, dnsClass), Section.QUESTION);
        return message;
    }
}
