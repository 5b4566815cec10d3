package org.sentrydns.server.observe;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.rule.Asker;
import org.sentrydns.server.rule.CompiledRule;
import org.sentrydns.server.rule.Verdict;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.QueryMessage;
import org.sentrydns.server.wire.UpstreamQuery;
import org.sentrydns.server.wire.WireName;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * A query that has ended. Immutable, if nobody writes to its bytes.
 *
 * @param ended when
 * @param nanos how long it took
 * @param asker who asked
 * @param query the question
 * @param verdict what the rules decided; null if that failed
 * @param from whose reply it is: an upstream, as messages name it, {@code cache} or {@code stale}; null if it was made here
 * @param reply what the client got; null if nothing
 */
public record QueryEvent(
        Instant ended,
        long nanos,
        Asker asker,
        QueryMessage query,
        @Nullable Verdict verdict,
        @Nullable String from,
        byte @Nullable [] reply) {

    /** The verb where no rule decided. */
    public static final String NO_VERB = "none";

    /** Bytes of what belongs to it beside the messages. */
    private static final int HEAD = 1000;

    /** The name that the client asked for, with its final dot. */
    public String name() {
        return WireName.text(query.bytes(), Header.QUESTION);
    }

    /** The name that the last rule saw, with its final dot. */
    public String finalName() {
        return verdict == null ? name() : verdict.inquiry().dotted();
    }

    public String type() {
        return Type.string(query.type());
    }

    public String dnsClass() {
        return DClass.string(query.dnsClass());
    }

    /** The reply's code with the upper bits that EDNS has (RFC 6891 section 6.1.3), or {@code none} if there was no reply. */
    public String rcode() {
        return reply == null ? "none" : Rcode.string(UpstreamQuery.extendedRcode(reply));
    }

    public String verb() {
        return verb(verdict);
    }

    /** The verb of the rule that decided, or {@link #NO_VERB}. */
    public static String verb(@Nullable Verdict verdict) {
        CompiledRule rule = rule(verdict);
        return rule == null ? NO_VERB : rule.verb();
    }

    /** Whether a rule that keeps clients from names has decided. */
    public boolean isBlocked() {
        return isBlocked(verdict);
    }

    /** Whether a rule that keeps clients from names has decided. */
    static boolean isBlocked(@Nullable Verdict verdict) {
        CompiledRule rule = rule(verdict);
        boolean kept = verdict instanceof Verdict.Answer || verdict instanceof Verdict.Drop;
        return kept && rule != null && rule.isBlocking();
    }

    /** The rule that decided, or failed; null if there was none. */
    public @Nullable CompiledRule rule() {
        return rule(verdict);
    }

    /** The rule that decided, or failed; null if there was none. */
    public static @Nullable CompiledRule rule(@Nullable Verdict verdict) {
        return verdict == null ? null : verdict.decider().orElse(null);
    }

    /** Bytes that it keeps in memory, about. */
    public int size() {
        return HEAD + query.bytes().length + (reply == null ? 0 : reply.length);
    }

    /** Milliseconds that it took. */
    public double millis() {
        return nanos / 1e6;
    }
}
