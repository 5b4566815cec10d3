package org.sentrydns.server.rule;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression, searched in the name as people write it, then in the name with its final dot, so that
 * {@code \.com$} and {@code \.com\.$} both work. ASCII letters match in either case (RFC 4343). Immutable.
 */
record PatternSubject(Pattern pattern, int groups) implements Subject {

    /** @throws java.util.regex.PatternSyntaxException if it is no regular expression */
    static PatternSubject compile(String regex) {
        Pattern pattern = Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
        return new PatternSubject(pattern, pattern.matcher("").groupCount());
    }

    @Override
    public @Nullable Match match(Inquiry inquiry) {
        BudgetedText.Reads reads = new BudgetedText.Reads();
        Matcher matcher = pattern.matcher(new BudgetedText(inquiry.undotted(), reads));
        if (!matcher.find()) {
            matcher.reset(new BudgetedText(inquiry.dotted(), reads));
            if (!matcher.find()) {
                return null;
            }
        }
        return new PatternMatch(matcher);
    }

    private record PatternMatch(MatchResult result) implements Match {
        @Override
        public Optional<String> group(int number) {
            return Optional.ofNullable(result.group(number));
        }
    }
}
