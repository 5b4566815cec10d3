package org.sentrydns.plugin.answer;

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
 * @param prototype the record, under the root's name
 */
record AnswerRule(Record prototype) implements Rule {
    static final int TTL = 300;

    @Override
    public Outcome apply(Query query) {
        if (query.dnsClass() != DClass.IN && query.dnsClass() != DClass.ANY) {
            return Outcome.pass();
        }
        return Outcome.answer(reply(query.name(), query.type()));
    }

    private Reply reply(Name owner, int type) {
        if (prototype.getType() == Type.CNAME) {
            return Reply.of(prototype.withName(owner)).withTargetResolved();
        }
        if (type == prototype.getType() || type == Type.ANY) {
            return Reply.of(prototype.withName(owner));
        }
        return Reply.empty().rememberedFor(owner, DClass.IN, TTL);
    }
}
