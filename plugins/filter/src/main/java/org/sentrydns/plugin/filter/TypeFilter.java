package org.sentrydns.plugin.filter;

import java.util.Set;
import org.sentrydns.api.PassingReply;
import org.sentrydns.api.Query;
import org.sentrydns.api.Reply;
import org.sentrydns.api.ReplyFilter;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * Immutable. Takes records out of replies.
 *
 * @param types the types that go
 */
record TypeFilter(Set<Integer> types) implements ReplyFilter {

    @Override
    @SuppressWarnings("ReferenceEquality") // the same object says that nothing was changed
    public PassingReply apply(Query query, PassingReply reply) {
        PassingReply kept = reply.keep(record -> !types.contains(record.getType()));
        if (kept == reply
                || kept.rcode() != Rcode.NOERROR
                || !types.contains(query.type())
                || kept.authority().stream().anyMatch(record -> record.getType() == Type.SOA)) {
            return kept;
        }
        // Nothing of the type is left: an SOA tells clients how long they may remember that, and without one the name
        // servers of
        // a positive reply would make it a referral (RFC 2308 sections 2.2 and 5).
        long ttl = reply.answers().stream().mapToLong(Record::getTTL).min().orElse(0);
        return kept.withAuthority(Reply.empty()
                .rememberedFor(last(query, kept), query.dnsClass(), ttl)
                .authority());
    }

    /** The name that has nothing of the type: where the last CNAME leads, if there is one. */
    private static Name last(Query query, PassingReply reply) {
        Name name = query.name();
        for (Record record : reply.answers()) {
            name = record instanceof CNAMERecord cname ? cname.getTarget() : name;
        }
        return name;
    }
}
