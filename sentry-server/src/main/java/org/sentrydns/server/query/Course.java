package org.sentrydns.server.query;

import org.sentrydns.server.rule.Verdict;

/** How one query goes on after the rules have decided. Confined to the query's thread. */
final class Course {
    private Verdict verdict;
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
    }

    /** No rule decided, or what one decided could not be carried out. */
    void fail() {
        failed = true;
    }

    boolean isFailed() {
        return failed;
    }
}
