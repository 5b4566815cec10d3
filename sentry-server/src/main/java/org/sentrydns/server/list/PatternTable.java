package org.sentrydns.server.list;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.sentrydns.server.log.Milestones;
import org.sentrydns.server.regex.Candidates;
import org.sentrydns.server.regex.ExhaustedException;
import org.sentrydns.server.regex.PatternIndex;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The regular expressions of a list, and an index of those that may match a name. Thread-safe. */
final class PatternTable {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.lists");

    private final List<ListPattern> patterns;
    private final PatternIndex index;
    private final LongAdder stopped = new LongAdder();

    PatternTable(List<ListPattern> patterns) {
        this.patterns = patterns;
        PatternIndex.Builder builder = new PatternIndex.Builder();
        for (int i = 0; i < patterns.size(); i++) {
            builder.add(i, patterns.get(i).pattern());
        }
        this.index = builder.build();
    }

    boolean isEmpty() {
        return patterns.isEmpty();
    }

    /**
     * Finds the expressions that match a name, in the order of the list.
     *
     * @param name without its final dot; the root is "."
     * @param found takes each
     */
    void findMatching(String name, Consumer<ListPattern> found) {
        String dotted = name.equals(".") ? name : name + '.';
        Candidates candidates = index.candidates(dotted, -1);
        for (int i = candidates.next(); i >= 0; i = candidates.next()) {
            ListPattern pattern = patterns.get(i);
            if (candidates.isCertain() || matches(pattern, dotted)) {
                found.accept(pattern);
            }
        }
    }

    /** An entry that cannot be decided must not match. */
    private boolean matches(ListPattern pattern, String dotted) {
        try {
            return pattern.pattern().matches(dotted);
        } catch (ExhaustedException e) {
            stopped.increment();
            long times = stopped.sum();
            if (Milestones.isOne(times)) {
                LOG.warn(
                        "/{}/ in line {} of a list does not count for {}: {} ({} times so far in this list)",
                        pattern.pattern(),
                        pattern.line(),
                        dotted,
                        e.getMessage(),
                        times);
            }
            return false;
        }
    }
}
