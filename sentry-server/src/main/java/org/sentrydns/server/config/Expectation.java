package org.sentrydns.server.config;

/**
 * What the user wants to come of a question. Immutable.
 *
 * @param question as it is written
 * @param outcome as it is written
 * @param source the file
 * @param key the offset of the question
 * @param value the offset of the outcome
 */
public record Expectation(String question, String outcome, SourceText source, int key, int value) {

    /** A mistake in the question. */
    public Problem inQuestion(String message) {
        return source.problem(key, message);
    }

    /** A mistake in the outcome, or another one that came. */
    public Problem inOutcome(String message) {
        return source.problem(value, message);
    }
}
