package org.sentrydns.server.rule;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sentrydns.api.ListEntry;
import org.sentrydns.api.Outcome;

/**
 * What every rule says about one question, in order. Immutable.
 *
 * @param asked the question
 * @param steps one for each rule
 * @param verdict what is decided in the end, exactly as for a real query
 * @param notes what else there is to know, for people
 */
public record Explanation(Inquiry asked, List<Step> steps, Verdict verdict, List<String> notes) {

    /** The same with notes behind those it has. */
    public Explanation with(List<String> more) {
        return new Explanation(
                asked,
                steps,
                verdict,
                Stream.concat(notes.stream(), more.stream()).toList());
    }

    /**
     * One rule.
     *
     * @param number the rule's place, counted from 1
     * @param rule the rule
     * @param name the name that it sees, with its final dot
     * @param part what part it takes
     */
    public record Step(int number, CompiledRule rule, String name, Part part) {}

    /** What part a rule takes in a question. */
    public sealed interface Part {}

    /** Its subject does not match the name. */
    public record OtherName() implements Part {}

    /**
     * Its subject matches, but one of its conditions does not hold.
     *
     * @param condition the first that does not, as it is written
     */
    public record OtherCondition(String condition) implements Part {}

    /**
     * It was applied.
     *
     * @param outcome what it wants
     * @param entry the entry that matched, if its subject is a list
     */
    public record Applied(Outcome outcome, Optional<ListEntry> entry) implements Part {}

    /**
     * It is in shadow: it would have been applied.
     *
     * @param outcome what it would have wanted
     * @param entry the entry that matched, if its subject is a list
     */
    public record InShadow(Outcome outcome, Optional<ListEntry> entry) implements Part {}

    /** Its subject and conditions match, and it is paused. */
    public record Paused() implements Part {}

    /** It failed; for a query that ends the rules. */
    public record Failing(Throwable cause) implements Part {}

    /** An earlier rule has the rules of its verb passed over. */
    public record VerbPassedOver() implements Part {}

    /** An earlier rule has decided. */
    public record PassedOver() implements Part {}
}
