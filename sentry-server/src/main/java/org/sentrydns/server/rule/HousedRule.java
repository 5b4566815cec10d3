package org.sentrydns.server.rule;

import java.util.concurrent.Callable;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Query;
import org.sentrydns.api.Rule;
import org.sentrydns.server.plugin.Closer;

/**
 * A rule whose calls take as long as they like, on the query's own thread: it sees its plugin's classes there as it does on a
 * thread of its own, and threads that it starts are known as its plugin's. Thread-safe.
 */
final class HousedRule implements Rule {
    private final Rule rule;
    private final ClassLoader loader;

    /** @param loader the plugin's */
    HousedRule(Rule rule, ClassLoader loader) {
        this.rule = rule;
        this.loader = loader;
    }

    @Override
    public Outcome apply(Query query) throws Exception {
        Outcome outcome;
        // As within() does, but this is done for each query.
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            outcome = rule.apply(query);
        } finally {
            thread.setContextClassLoader(before);
        }
        return outcome instanceof Outcome.Filter filter
                ? Outcome.onReply((asked, reply) -> within(() -> filter.filter().apply(asked, reply)))
                : outcome;
    }

    private <T> T within(Callable<T> call) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return call.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Lets go of what the rule holds, if it holds anything. */
    void close(Closer closer, String name) {
        closer.close(rule, name);
    }
}
