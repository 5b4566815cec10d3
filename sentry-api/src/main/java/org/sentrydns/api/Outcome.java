package org.sentrydns.api;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.xbill.DNS.Name;

/**
 * What a rule wants to happen to a query. Immutable; carried out, counted and explained by the server.
 *
 * @since 1.0
 */
public sealed interface Outcome {

    /**
     * The next rule decides.
     *
     * @since 1.0
     */
    record Pass() implements Outcome {
        private static final Pass INSTANCE = new Pass();
    }

    /**
     * The next rules, and upstreams, see another name. The client's question and owner names are restored in the reply.
     *
     * @param name the new name, absolute
     * @since 1.0
     */
    record Rewrite(Name name) implements Outcome {
        /**
         * Checks that the name is absolute.
         *
         * @throws NullPointerException if there is none
         * @throws IllegalArgumentException if it is relative
         * @since 1.0
         */
        public Rewrite {
            Objects.requireNonNull(name, "a rewrite needs a name");
            if (!name.isAbsolute()) {
                throw new IllegalArgumentException("a rewrite needs an absolute name, got " + name);
            }
        }
    }

    /**
     * The next rule decides, and the reply that comes of it, local or forwarded, goes through the filter on its way back.
     * Where several rules return a filter, the last of them sees the reply first, and the first of them sees last what the
     * client gets. The reply carries the query's name as the rule saw it. Replies are cached before they are filtered. No
     * filter sees a query that no rule decided, or where one failed.
     *
     * @param filter what the reply goes through
     * @since 1.0
     */
    record Filter(ReplyFilter filter) implements Outcome {
        /**
         * Checks that there is one.
         *
         * @throws NullPointerException if there is none
         * @since 1.0
         */
        public Filter {
            Objects.requireNonNull(filter, "a reply cannot go through a filter that is null");
        }
    }

    /**
     * The next rule decides, but rules of these verbs that stand behind are passed over for this query, also for the names
     * that its answer leads to.
     *
     * @param verbs the verbs
     * @since 1.0
     */
    record PassOver(Set<String> verbs) implements Outcome {
        /**
         * Copies the set.
         *
         * @throws NullPointerException if it, or a verb, is null
         * @since 1.0
         */
        public PassOver {
            verbs = Set.copyOf(verbs);
        }
    }

    /**
     * The client gets this reply; no further rule is tried.
     *
     * @param reply the reply
     * @since 1.0
     */
    record Answer(Reply reply) implements Outcome {
        /**
         * Checks that there is one.
         *
         * @throws NullPointerException if there is none
         * @since 1.0
         */
        public Answer {
            Objects.requireNonNull(reply, "an answer needs a reply");
        }
    }

    /**
     * Upstream resolvers answer; no further rule is tried.
     *
     * @param upstreams whom to ask, at least one, in the order of preference
     * @param policy how they are asked
     * @since 1.0
     */
    record Forward(List<Upstream> upstreams, Policy policy) implements Outcome {
        /**
         * Checks that somebody can be asked.
         *
         * @throws NullPointerException if the list, one of the upstreams, or the policy is null
         * @throws IllegalArgumentException if there is no upstream
         * @since 1.0
         */
        public Forward {
            Objects.requireNonNull(policy, "forwarding needs a policy");
            upstreams = List.copyOf(upstreams);
            if (upstreams.isEmpty()) {
                throw new IllegalArgumentException("forwarding needs at least one upstream");
            }
        }
    }

    /**
     * The client gets no reply at all; no further rule is tried.
     *
     * @since 1.0
     */
    record Drop() implements Outcome {
        private static final Drop INSTANCE = new Drop();
    }

    /**
     * The next rule decides.
     *
     * @return the outcome
     * @since 1.0
     */
    static Outcome pass() {
        return Pass.INSTANCE;
    }

    /**
     * Goes on under another name.
     *
     * @param name the new name, absolute
     * @return the outcome
     * @throws NullPointerException if there is no name
     * @throws IllegalArgumentException if the name is relative
     * @since 1.0
     */
    static Outcome rewrite(Name name) {
        return new Rewrite(name);
    }

    /**
     * Goes on, and has the reply go through a filter.
     *
     * @param filter what the reply goes through
     * @return the outcome
     * @throws NullPointerException if there is none
     * @since 1.0
     */
    static Outcome onReply(ReplyFilter filter) {
        return new Filter(filter);
    }

    /**
     * Goes on without the rules of some verbs.
     *
     * @param verbs the verbs, for instance {@code block}, each once
     * @return the outcome
     * @throws NullPointerException if one is null
     * @throws IllegalArgumentException if one is there twice
     * @since 1.0
     */
    static Outcome passOver(String... verbs) {
        return new PassOver(Set.of(verbs));
    }

    /**
     * Answers the client.
     *
     * @param reply the reply
     * @return the outcome
     * @throws NullPointerException if there is none
     * @since 1.0
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
     * @throws NullPointerException if the list, one of the upstreams, or the policy is null
     * @throws IllegalArgumentException if there is no upstream
     * @since 1.0
     */
    static Outcome forward(List<Upstream> upstreams, Policy policy) {
        return new Forward(upstreams, policy);
    }

    /**
     * Sends no reply.
     *
     * @return the outcome
     * @since 1.0
     */
    static Outcome drop() {
        return Drop.INSTANCE;
    }
}
