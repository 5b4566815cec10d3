package org.sentrydns.plugin.redirect;

import org.sentrydns.api.Outcome;
import org.sentrydns.api.Query;
import org.sentrydns.api.Reply;
import org.sentrydns.api.Rule;
import org.sentrydns.api.RuleSyntaxException;
import org.sentrydns.api.RuleText;
import org.sentrydns.api.RuleType;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;

/** Immutable. {@code redirect S to NAME [with addresses]}: a CNAME, whatever the type of the query. */
public final class RedirectRuleType implements RuleType {
    private static final int TTL = 300;

    /** For {@link java.util.ServiceLoader}. */
    public RedirectRuleType() {}

    @Override
    public String verb() {
        return "redirect";
    }

    @Override
    public String syntax() {
        return "redirect S to NAME [with addresses]";
    }

    @Override
    public boolean timed() {
        return false;
    }

    @Override
    public Rule compile(RuleText text) throws RuleSyntaxException {
        text.keyword("to");
        Name target = text.name("a destination");
        if (target.toString().contains("$")) {
            throw text.error("a redirect takes no groups: expected a name without $");
        }
        boolean withAddresses = text.accept("with");
        if (withAddresses) {
            text.keyword("addresses");
        }
        text.end();
        return query -> {
            if (query.name().equals(target)) {
                // A name that is its own alias could never be resolved.
                return Outcome.pass();
            }
            Reply reply = Reply.of(cname(query, target));
            return Outcome.answer(withAddresses ? reply.withTargetResolved() : reply);
        };
    }

    // ANY is a class of questions only (RFC 1035 section 3.2.5): no record may have it.
    private static CNAMERecord cname(Query query, Name target) {
        int dnsClass = query.dnsClass() == DClass.ANY ? DClass.IN : query.dnsClass();
        return new CNAMERecord(query.name(), dnsClass, TTL, target);
    }
}
