package org.sentrydns.plugin.answer;

import java.util.ArrayList;
import java.util.List;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Query;
import org.sentrydns.api.Reply;
import org.sentrydns.api.Rule;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * Immutable. One {@code answer} line.
 *
 * @param prototypes the records, under the root's name; a CNAME is alone
 */
record AnswerRule(List<Record> prototypes) implements Rule {
    static final int TTL = 300;

    @Override
    public Outcome apply(Query query) {
        if (query.dnsClass() != DClass.IN && query.dnsClass() != DClass.ANY) {
            return Outcome.pass();
        }
        return Outcome.answer(reply(query.name(), query.type()));
    }

    private Reply reply(Name owner, int type) {
        Record first = prototypes.getFirst();
        if (first.getType() == Type.CNAME) {
            return Reply.of(first.withName(owner)).withTargetResolved();
        }
        List<Record> wanted = new ArrayList<>(prototypes.size());
        for (Record record : prototypes) {
            if (type == record.getType() || type == Type.ANY) {
                wanted.add(record.withName(owner));
            }
        }
        return wanted.isEmpty()
                ? Reply.empty().rememberedFor(owner, DClass.IN, TTL)
                : Reply.of(wanted.toArray(Record[]::new));
    }
}
