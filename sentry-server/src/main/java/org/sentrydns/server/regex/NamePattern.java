package org.sentrydns.server.regex;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression, searched in the name as people write it, then in the name with its final dot, so that
 * {@code \.com$} and {@code \.com\.$} both work. ASCII letters match in either case (RFC 4343). Thread-safe.
 *
 * <p>An expression that goes back and forth without end is stopped. Once that has happened, or if it looks like one that
 * will, an automaton that never goes back decides instead, where the expression fits into one.
 */
public final class NamePattern {
    private final Pattern pattern;
    private final boolean withFinalDot;
    private final Optional<String> risk;
    private final long emptyWays;
    private final long alternatives;
    private volatile @Nullable LinearMatcher linear;
    /** No automaton can say that it matches, so that a first attempt with few reads is in vain. */
    private volatile boolean alone;

    private NamePattern(Pattern pattern, boolean withFinalDot) {
        this.pattern = pattern;
        this.withFinalDot = withFinalDot;
        this.alternatives = pattern.pattern().chars().filter(c -> c == '|').count();
        Optional<RegexReading> reading = RegexParser.read(pattern.pattern());
        Optional<Node> tree = reading.map(RegexReading::node);
        this.emptyWays = reading.map(RegexReading::emptyWays).orElse(1L);
        this.risk = isTried()
                ? tree.flatMap(Backtracking::risk)
                : Optional.of("parts beside each other can match nothing in " + emptyWays + " ways or more");
        if (risk.isPresent()) {
            consult(tree);
        }
    }

    private @Nullable LinearMatcher consult(Optional<Node> tree) {
        LinearMatcher matcher = tree.flatMap(LinearMatcher::of).orElse(null);
        linear = matcher;
        alone = matcher == null || !decides(matcher);
        return matcher;
    }

    /** Read anew each time: trees are large, and needed once. */
    private Optional<Node> tree() {
        return RegexParser.parse(pattern.pattern());
    }

    /**
     * Reads an expression.
     *
     * @param regex in the syntax of {@link Pattern}
     * @throws PatternSyntaxException if it is none
     */
    public static NamePattern compile(String regex) {
        return new NamePattern(Pattern.compile(regex, Pattern.CASE_INSENSITIVE), true);
    }

    /** The same for an expression that knows no final dot: it is searched in the name without it only. */
    public static NamePattern compileUndotted(String regex) {
        return new NamePattern(Pattern.compile(regex, Pattern.CASE_INSENSITIVE), false);
    }

    /** How many groups it has. */
    public int groups() {
        return pattern.matcher("").groupCount();
    }

    /** Why some names may make it go back and forth without end; empty if nothing looks like it. */
    public Optional<String> risk() {
        return risk;
    }

    /** Whether a name that it would go back and forth on without end is decided nevertheless. */
    public boolean isBounded() {
        LinearMatcher known = linear;
        return known != null && decides(known);
    }

    /** Whether Java tries it; otherwise an automaton decides, or nobody. */
    public boolean isTried() {
        return emptyWays <= EmptyWays.MANY;
    }

    /** Whether it matches every name. */
    public boolean matchesAll() {
        return requirement().isAlways();
    }

    /** Whether it must be tried on every name, since nothing is known that each match must contain. */
    public boolean isTriedAlways() {
        Requirement requirement = requirement();
        return requirement.literals().saysNothing()
                && !requirement.decisive()
                && tree().flatMap(Outline::of).isEmpty();
    }

    /**
     * Where the first group starts that forbids an end of the name, such as {@code (?!x$)}, in one form of the name only: in the
     * other one it is not there, and the expression matches. -1 if there is none.
     */
    public int forbiddenEnd() {
        return RegexParser.forbiddenEnd(pattern.pattern());
    }

    Requirement requirement() {
        return requirement(tree());
    }

    Clues clues() {
        Optional<Node> tree = tree();
        return Clues.of(tree, requirement(tree));
    }

    private Requirement requirement(Optional<Node> tree) {
        Requirement requirement = tree.map(LiteralExtraction::of).orElse(Requirement.UNKNOWN);
        return withFinalDot || requirement.isAlways() ? requirement : requirement.only();
    }

    /**
     * Whether it is found in a name.
     *
     * @param dotted the name with its final dot
     * @throws ExhaustedException if it was stopped
     */
    public boolean matches(String dotted) {
        LinearMatcher known = dotted.length() > 1 ? linear : null;
        if (known != null) {
            boolean found = known.find(dotted);
            if (!found || decides(known)) {
                return found;
            }
        }
        if (alone) {
            return find(dotted) != null;
        }
        try {
            return search(dotted, BudgetedText.Reads.few(dotted, toString())) != null;
        } catch (ExhaustedException e) {
            return decided(dotted);
        }
    }

    /** An automaton has seen the final dot. */
    private boolean decides(LinearMatcher matcher) {
        return matcher.isExact() && withFinalDot;
    }

    private boolean decided(String dotted) {
        if (dotted.length() > 1) {
            LinearMatcher matcher = consult(tree());
            boolean found = matcher == null || matcher.find(dotted);
            if (!found || !alone) {
                return found;
            }
        }
        return find(dotted) != null;
    }

    /**
     * What it found in a name, with its groups.
     *
     * @param dotted the name with its final dot
     * @return null if nothing
     * @throws ExhaustedException if it was stopped
     */
    public @Nullable MatchResult find(String dotted) {
        return search(dotted, BudgetedText.Reads.most(dotted, alternatives));
    }

    private @Nullable MatchResult search(String dotted, BudgetedText.Reads reads) {
        if (!isTried()) {
            throw ExhaustedException.ofNothing(emptyWays);
        }
        try {
            return searchBoth(dotted, reads);
        } catch (StackOverflowError e) {
            throw ExhaustedException.tooDeep();
        } catch (IndexOutOfBoundsException e) {
            throw ExhaustedException.broken(e);
        }
    }

    @SuppressWarnings("JdkObsolete") // the final dot is indeed input that comes later
    private @Nullable MatchResult searchBoth(String dotted, BudgetedText.Reads reads) {
        String undotted = dotted.length() > 1 ? dotted.substring(0, dotted.length() - 1) : dotted;
        Matcher matcher = pattern.matcher(new BudgetedText(undotted, reads));
        if (matcher.find()) {
            return matcher;
        }
        // What came to no end of the name before it failed fails with the final dot as well.
        if (!withFinalDot || !matcher.hitEnd()) {
            return null;
        }
        matcher.reset(new BudgetedText(dotted, reads));
        return matcher.find() ? matcher : null;
    }

    /** Whether the other one is written alike and searched in the same forms of a name. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NamePattern that
                && withFinalDot == that.withFinalDot
                && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }
}
