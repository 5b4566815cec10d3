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
        if (prototypes.getFirst().getType() == Type.CNAME) {
            return Reply.of(prototypes.getFirst().withName(owner)).withTargetResolved();
        }
        List<Record> wanted = prototypes.stream()
                .filter(record -> type == record.getType() || type == Type.ANY)
                .map(record -> record.withName(owner))
                .toList();
        return wanted.isEmpty()
                ? Reply.empty().rememberedFor(owner, DClass.IN, TTL)
                : Reply.of(wanted.toArray(Record[]::new));
    }
}
