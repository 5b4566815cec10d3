package org.sentrydns.plugin.filter;

import java.util.Set;
import org.sentrydns.api.PassingReply;
import org.sentrydns.api.Query;
import org.sentrydns.api.Reply;
import org.sentrydns.api.ReplyFilter;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;

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
                || !kept.authority().isEmpty()) {
            return kept;
        }
        // Nothing of the type is left: an SOA tells clients how long they may remember that (RFC 2308).
        long ttl = reply.answers().stream().mapToLong(Record::getTTL).min().orElse(0);
        return kept.withAuthority(
                Reply.empty().rememberedFor(query.name(), query.dnsClass(), ttl).authority());
    }
}
