package org.sentrydns.server.query;

import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** Gives records back the owner name that the client asked for. */
final class Owners {
    private Owners() {}

    static Record rename(Record record, Name from, Name to) {
        return record.getName().equals(from) ? record.withName(to) : record;
    }
}
