package org.sentrydns.server.query;

import org.jspecify.annotations.Nullable;
import org.sentrydns.server.rule.Verdict;

/** How one query goes on after the rules have decided. Confined to the query's thread. */
final class Course {
    private Verdict verdict;
    private @Nullable String from;
    private boolean failed;

    Course(Verdict verdict) {
        this.verdict = verdict;
    }

    /** What counted in the end. */
    Verdict verdict() {
        return verdict;
    }

    /** Another decision counts: of a rule that was asked about what the reply leads to, or the failure of a filter. */
    void overruled(Verdict other) {
        verdict = other;
        from = null;
    }

    /** The reply is an upstream's, or one that was kept. */
    void cameFrom(String source) {
        from = source;
    }

    /** Whose reply it is, as in {@link org.sentrydns.server.upstream.UpstreamReply}; null if it was made here. */
    @Nullable
    String from() {
        return from;
    }

    /** No rule decided, or what one decided could not be carried out. */
    void fail() {
        failed = true;
    }

    boolean isFailed() {
        return failed;
    }
}
