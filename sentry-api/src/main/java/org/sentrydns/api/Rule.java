package org.sentrydns.api;

/**
 * One rule line, compiled. Must be thread-safe: every query runs on a virtual thread of its own, and all of them share
 * this object. It may block; only its own query waits, until {@code rule_budget} has passed: then its thread is interrupted,
 * and what it returns later is not looked at.
 *
 * <p>A rule that is {@link AutoCloseable} is closed when its configuration is no longer used: after a reload when the last
 * query has left it, and at the end.
 *
 * @since 1.0
 */
@FunctionalInterface
public interface Rule {

    /**
     * Decides about a query that the rule's subject and conditions matched.
     *
     * @param query the query, with the name that earlier rules may have given it
     * @return what should happen
     * @throws Exception if it cannot decide: the client gets SERVFAIL, one log line names the rule, and the server
     *     goes on
     * @since 1.0
     */
    Outcome apply(Query query) throws Exception;
}
