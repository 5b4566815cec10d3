package org.sentrydns.plugin.answer;

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
 * @param prototypes the records, under the root's name: one of any type, or several with addresses
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
        int count = 0;
        for (Record record : prototypes) {
            count += isWanted(record, type) ? 1 : 0;
        }
        if (count == 0) {
            return Reply.empty().rememberedFor(owner, DClass.IN, TTL);
        }
        Record[] wanted = new Record[count];
        for (int i = prototypes.size() - 1; count > 0; i--) {
            if (isWanted(prototypes.get(i), type)) {
                wanted[--count] = prototypes.get(i).withName(owner);
            }
        }
        return Reply.of(wanted);
    }

    private static boolean isWanted(Record record, int type) {
        return type == record.getType() || type == Type.ANY;
    }
}
