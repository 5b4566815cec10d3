package org.sentrydns.bench;

import java.util.List;
import org.sentrydns.server.regex.Candidates;
import org.sentrydns.server.regex.NamePattern;
import org.sentrydns.server.regex.PatternIndex;

/** The expressions of samples, in order, and the index of them. Immutable. */
final class Expressions {
    static final int NONE = -1;

    private final List<NamePattern> patterns;
    private final PatternIndex index;

    private Expressions(List<NamePattern> patterns, PatternIndex index) {
        this.patterns = patterns;
        this.index = index;
    }

    static Expressions of(List<Sample> samples) {
        List<NamePattern> patterns = compile(samples);
        return new Expressions(patterns, index(patterns));
    }

    static List<NamePattern> compile(List<Sample> samples) {
        return samples.stream()
                .map(sample -> NamePattern.compile(sample.regex()))
                .toList();
    }

    static PatternIndex index(List<NamePattern> patterns) {
        PatternIndex.Builder builder = new PatternIndex.Builder();
        for (int i = 0; i < patterns.size(); i++) {
            builder.add(i, patterns.get(i));
        }
        return builder.build();
    }

    /**
     * The number of the first that matches a name, or {@link #NONE}.
     *
     * @param dotted the name with its final dot
     */
    int first(String dotted) {
        Candidates candidates = index.candidates(dotted, -1);
        for (int number = candidates.next(); number >= 0; number = candidates.next()) {
            if (candidates.isCertain() || patterns.get(number).matches(dotted)) {
                return number;
            }
        }
        return NONE;
    }
}
