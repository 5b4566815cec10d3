package org.sentrydns.server.query;

import org.sentrydns.server.rule.Inquiry;
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

    /** A rule that was asked about what the reply leads to stands in for the one that decided about the question. */
    void overruled(Inquiry inquiry, Verdict blocked) {
        verdict = switch (blocked) {
            case Verdict.Answer answer -> new Verdict.Answer(inquiry, answer.rule(), answer.reply());
            case Verdict.Drop drop -> new Verdict.Drop(inquiry, drop.rule());
            case Verdict.Forward forward -> verdict;
            case Verdict.NoRule noRule -> verdict;
            case Verdict.Failed failure -> verdict;
        };
    }

    /** A filter threw, which counts as if its rule had. */
    void overruled(Verdict failure) {
        verdict = failure;
    }

    /** No rule decided, or what one decided could not be carried out. */
    void fail() {
        failed = true;
    }

    boolean isFailed() {
        return failed;
    }
}
