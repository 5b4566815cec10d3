package org.sentrydns.api;

import java.util.List;
import org.xbill.DNS.Name;

/** What a rule wants to happen to a query. Immutable; carried out, counted and explained by the server. */
public sealed interface Outcome {

    /** The next rule decides. */
    record Pass() implements Outcome {
        private static final Pass INSTANCE = new Pass();
    }

    /**
     * The next rules, and upstreams, see another name. The client's question and owner names are restored in the reply.
     *
     * @param name the new name, absolute
     */
    record Rewrite(Name name) implements Outcome {
        /** Checks that the name is absolute. */
        public Rewrite {
            if (!name.isAbsolute()) {
                throw new IllegalArgumentException("a rewrite needs an absolute name, got " + name);
            }
        }
    }

    /**
     * The client gets this reply; no further rule is tried.
     *
     * @param reply the reply
     */
    record Answer(Reply reply) implements Outcome {}

    /**
     * Upstream resolvers answer; no further rule is tried.
     *
     * @param upstreams whom to ask, at least one, in the order of preference
     * @param policy how they are asked
     */
    record Forward(List<Upstream> upstreams, Policy policy) implements Outcome {
        /** Checks that somebody can be asked. */
        public Forward {
            upstreams = List.copyOf(upstreams);
            if (upstreams.isEmpty()) {
                throw new IllegalArgumentException("forwarding needs at least one upstream");
            }
        }
    }

    /** The client gets no reply at all; no further rule is tried. */
    record Drop() implements Outcome {
        private static final Drop INSTANCE = new Drop();
    }

    /**
     * The next rule decides.
     *
     * @return the outcome
     */
    static Outcome pass() {
        return Pass.INSTANCE;
    }

    /**
     * Goes on under another name.
     *
     * @param name the new name, absolute
     * @return the outcome
     * @throws IllegalArgumentException if the name is relative
     */
    static Outcome rewrite(Name name) {
        return new Rewrite(name);
    }

    /**
     * Answers the client.
     *
     * @param reply the reply
     * @return the outcome
     */
    static Outcome answer(Reply reply) {
        return new Answer(reply);
    }

    /**
     * Asks upstream resolvers.
     *
     * @param upstreams whom to ask, at least one
     * @param policy how they are asked
     * @return the outcome
     * @throws IllegalArgumentException if there is no upstream
     */
    static Outcome forward(List<Upstream> upstreams, Policy policy) {
        return new Forward(upstreams, policy);
    }

    /**
     * Sends no reply.
     *
     * @return the outcome
     */
    static Outcome drop() {
        return Drop.INSTANCE;
    }
}
