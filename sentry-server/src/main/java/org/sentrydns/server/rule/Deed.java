package org.sentrydns.server.rule;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sentrydns.api.AddressText;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Policy;
import org.sentrydns.api.Reply;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Says in words what a rule, or all of them, want. */
public final class Deed {
    private Deed() {}

    /** The same, so exactly that two verdicts with the same words do the same. */
    public static String exactly(Verdict verdict) {
        String without = verdict instanceof Verdict.Forward
                        && !verdict.inquiry().passedOver().isEmpty()
                ? ", without "
                        + String.join(
                                ", ",
                                verdict.inquiry().passedOver().stream().sorted().toList())
                : "";
        return of(verdict) + without + (verdict instanceof Verdict.Answer answer ? times(answer.reply()) : "");
    }

    private static String times(Reply reply) {
        String times = Stream.concat(reply.answers().stream(), reply.authority().stream())
                .map(record -> String.valueOf(record.getTTL()))
                .distinct()
                .collect(Collectors.joining(", "));
        return times.isEmpty() ? "" : ", for " + times + " s";
    }

    /** What happens in the end, without who decided it. */
    public static String of(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Answer answer -> of(answer.reply()) + filters(verdict);
            case Verdict.Forward forward -> of(forward.forward()) + as(verdict) + filters(verdict);
            case Verdict.Drop drop -> "no reply";
            case Verdict.NoRule noRule -> "REFUSED, since no rule decides";
            case Verdict.Failed failed -> "SERVFAIL, since the rule fails: " + failed.cause();
        };
    }

    private static String as(Verdict verdict) {
        Inquiry inquiry = verdict.inquiry();
        return inquiry.isClientsOwn() ? "" : " for " + inquiry.dotted();
    }

    /** The reply goes through the last rule's filter first. */
    private static String filters(Verdict verdict) {
        StringBuilder text = new StringBuilder();
        for (PendingFilter next = verdict.inquiry().filters(); next != null; next = next.earlier()) {
            text.append(text.isEmpty() ? ", changed by '" : ", '")
                    .append(next.rule().source().text())
                    .append('\'');
        }
        return text.toString();
    }

    /** What one rule wants. */
    public static String of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Pass pass -> "goes on";
            case Outcome.Filter filter -> "goes on, and sees the reply";
            case Outcome.PassOver passOver ->
                "goes on without "
                        + String.join(", ", passOver.verbs().stream().sorted().toList());
            case Outcome.Rewrite rewrite -> "goes on as " + rewrite.name();
            case Outcome.Answer answer -> of(answer.reply());
            case Outcome.Forward forward -> of(forward);
            case Outcome.Drop drop -> "no reply";
        };
    }

    private static String of(Reply reply) {
        String records = reply.answers().stream().map(Deed::data).collect(Collectors.joining(", "));
        return Rcode.string(reply.rcode())
                + (records.isEmpty() ? "" : " " + records)
                + (reply.completed() ? ", and what its target has" : "");
    }

    static String data(Record record) {
        String data = record instanceof AAAARecord six ? AddressText.of(six.getAddress()) : record.rdataToString();
        return Type.string(record.getType()) + " " + data;
    }

    private static String of(Outcome.Forward forward) {
        return "asks " + upstreams(forward)
                + switch (forward.policy()) {
                    case Policy.Race race -> "";
                    case Policy.Failover failover -> " with failover";
                    case Policy.Hedge hedge -> " with hedge " + hedge.delay().toMillis() + "ms";
                };
    }

    private static String upstreams(Outcome.Forward forward) {
        return forward.upstreams().stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
