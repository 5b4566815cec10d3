package org.sentrydns.server.rule;

import java.util.Optional;
import java.util.regex.MatchResult;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.regex.NamePattern;

/** A regular expression. Thread-safe. */
record PatternSubject(NamePattern pattern, int groups) implements Subject {

    /** @throws java.util.regex.PatternSyntaxException if it is no regular expression */
    static PatternSubject compile(String regex) {
        NamePattern pattern = NamePattern.compile(regex);
        return new PatternSubject(pattern, pattern.groups());
    }

    @Override
    public @Nullable Match match(Inquiry inquiry) {
        return inquiry.matches(pattern) ? surely(inquiry) : null;
    }

    /** The match with a name that is known to match; its groups are looked for when a rule asks. */
    Match surely(Inquiry inquiry) {
        return new PatternMatch(pattern, inquiry.dotted());
    }

    private static final class PatternMatch implements Match {
        private final NamePattern pattern;
        private final String dotted;
        private @Nullable MatchResult result;

        PatternMatch(NamePattern pattern, String dotted) {
            this.pattern = pattern;
            this.dotted = dotted;
        }

        @Override
        public Optional<String> group(int number) {
            MatchResult known = result;
            if (known == null) {
                known = pattern.find(dotted);
                if (known == null) {
                    throw new IllegalStateException(pattern + " was said to match " + dotted);
                }
                result = known;
            }
            return Optional.ofNullable(known.group(number));
        }
    }
}
