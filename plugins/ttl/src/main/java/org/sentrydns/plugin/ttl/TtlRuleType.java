package org.sentrydns.plugin.ttl;

import org.sentrydns.api.Outcome;
import org.sentrydns.api.PassingReply;
import org.sentrydns.api.Rule;
import org.sentrydns.api.RuleSyntaxException;
import org.sentrydns.api.RuleText;
import org.sentrydns.api.RuleType;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/** Immutable. {@code ttl S between MIN and MAX}: every TTL of the reply is brought between them. */
public final class TtlRuleType implements RuleType {
    private static final long MOST = 604_800;

    /** For {@link java.util.ServiceLoader}. */
    public TtlRuleType() {}

    @Override
    public String verb() {
        return "ttl";
    }

    @Override
    public String syntax() {
        return "ttl S between MIN and MAX";
    }

    @Override
    public boolean timed() {
        return false;
    }

    @Override
    public Rule compile(RuleText text) throws RuleSyntaxException {
        text.keyword("between");
        long least = seconds(text);
        text.keyword("and");
        long most = seconds(text);
        if (most < least) {
            throw text.error("the second number is smaller than the first");
        }
        text.end();
        Outcome outcome =
                Outcome.onReply((query, reply) -> lasting(reply.withTtls(ttl -> Math.clamp(ttl, least, most)), least));
        return query -> outcome;
    }

    /** That there is nothing holds for the MINIMUM of the SOA at most (RFC 2308 section 5); a signed one stays as it is. */
    private static PassingReply lasting(PassingReply reply, long least) {
        boolean signed = reply.authority().stream().anyMatch(record -> record.getType() == Type.RRSIG);
        boolean brief = reply.authority().stream().anyMatch(record -> isBrief(record, least));
        return signed || !brief
                ? reply
                : reply.withAuthority(reply.authority().stream()
                        .map(record -> isBrief(record, least) ? lasting((SOARecord) record, least) : record)
                        .toList());
    }

    private static boolean isBrief(Record record, long least) {
        return record instanceof SOARecord soa && soa.getMinimum() < least;
    }

    private static Record lasting(SOARecord soa, long minimum) {
        return new SOARecord(
                soa.getName(),
                soa.getDClass(),
                soa.getTTL(),
                soa.getHost(),
                soa.getAdmin(),
                soa.getSerial(),
                soa.getRefresh(),
                soa.getRetry(),
                soa.getExpire(),
                minimum);
    }

    private static long seconds(RuleText text) throws RuleSyntaxException {
        String word = text.word("seconds");
        long seconds = word.matches("[0-9]{1,7}") ? Long.parseLong(word) : -1;
        if (seconds < 0 || seconds > MOST) {
            throw text.error("expected seconds from 0 to " + MOST);
        }
        return seconds;
    }
}
