package org.sentrydns.api;

/**
 * Sees a reply on its way back to the client, and may change it. Given to the server by {@link Outcome#onReply}. Must be
 * thread-safe; it may block as a {@link Rule} may.
 *
 * @since 1.0
 */
@FunctionalInterface
public interface ReplyFilter {

    /**
     * Looks at a reply.
     *
     * @param query the query as the rule saw it that returned this filter
     * @param reply what the rules behind it, or an upstream, answered, under the query's name as that rule saw it
     * @return the same object to leave the reply as it is, or another one
     * @throws Exception if it cannot do its work: the client gets SERVFAIL, one log line names the rule, and the server
     *     goes on
     * @since 1.0
     */
    PassingReply apply(Query query, PassingReply reply) throws Exception;
}
