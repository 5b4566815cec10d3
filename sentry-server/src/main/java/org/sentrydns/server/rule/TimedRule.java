package org.sentrydns.server.rule;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Query;
import org.sentrydns.api.Rule;
import org.sentrydns.server.config.RuleSource;
import org.sentrydns.server.config.RuleTime;
import org.sentrydns.server.log.Milestones;
import org.sentrydns.server.log.Muted;
import org.sentrydns.server.plugin.Closer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A rule that is given up when it takes too long. Thread-safe.
 *
 * <p>Nothing can end a thread that does not want to end. So each call has a thread of its own, which is interrupted and left
 * behind. It is a virtual one as long as all calls come back; while some do not, the next ones are on platform threads, since
 * a virtual one that computes for ever takes a processor from all others. Of platform threads there are only so many, and a call
 * waits for one as long as its time lasts. When too many are stuck the rule is not called at all, so that it cannot fill the
 * memory either.
 */
final class TimedRule implements Rule {
    static final int MAX_STUCK = 8;
    private static final int MAX_PLATFORM_THREADS = 64;
    private static final Logger LOG = LoggerFactory.getLogger("sentry.core");

    private final Rule rule;
    private final RuleSource source;
    private final RuleTime time;
    private final ClassLoader loader;
    private final AtomicInteger stuck = new AtomicInteger();
    private final int maxPlatformThreads;
    private final Semaphore platformThreads;
    private final AtomicLong overruns = new AtomicLong();
    private final AtomicBoolean disabled = new AtomicBoolean();
    private volatile Runnable passedOver = () -> {};

    TimedRule(Rule rule, RuleSource source, RuleTime time, ClassLoader loader) {
        this(rule, source, time, loader, MAX_PLATFORM_THREADS);
    }

    /** For tests: with another number of platform threads. */
    TimedRule(Rule rule, RuleSource source, RuleTime time, ClassLoader loader, int maxPlatformThreads) {
        this.rule = rule;
        this.source = source;
        this.time = time;
        this.loader = loader;
        this.maxPlatformThreads = maxPlatformThreads;
        this.platformThreads = new Semaphore(maxPlatformThreads);
    }

    /** What nobody waits for is not counted. */
    private void passOver() {
        if (!Muted.isMuted()) {
            passedOver.run();
        }
    }

    /** Has it said, once for each time, that a query went on as if the rule were not there, since it took too long. */
    void onPassedOver(Runnable listener) {
        passedOver = listener;
    }

    @Override
    public Outcome apply(Query query) throws Exception {
        Outcome outcome = within(() -> rule.apply(query), Outcome.pass());
        return outcome instanceof Outcome.Filter filter
                ? Outcome.onReply((asked, reply) -> within(() -> filter.filter().apply(asked, reply), reply))
                : outcome;
    }

    private <T> T within(Callable<T> call, T otherwise) throws Exception {
        if (disabled.get()) {
            passOver();
            return otherwise;
        }
        if (stuck.get() >= MAX_STUCK) {
            return overrun(otherwise, MAX_STUCK + " calls of it that took too long have not ended");
        }
        long end = System.nanoTime() + time.budget().toNanos();
        boolean platform = stuck.get() > 0;
        if (platform && !platformThreads.tryAcquire(time.budget().toNanos(), TimeUnit.NANOSECONDS)) {
            return overrun(otherwise, maxPlatformThreads + " calls of it are running already");
        }
        AtomicBoolean over = new AtomicBoolean();
        FutureTask<T> task = new FutureTask<>(Muted.isMuted() ? () -> Muted.run(call::call) : call);
        start(task, over, platform);
        try {
            return task.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            giveUp(over, task);
            return overrun(
                    otherwise, "it took longer than its " + time.budget().toMillis() / 1000.0 + " s (rule_budget)");
        } catch (InterruptedException e) {
            giveUp(over, task);
            throw e;
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof Error error) {
                throw error;
            }
            throw cause instanceof Exception exception ? exception : e;
        }
    }

    private void start(FutureTask<?> task, AtomicBoolean over, boolean platform) {
        Thread.Builder builder = platform
                ? Thread.ofPlatform().daemon().name("rule")
                : Thread.ofVirtual().name("rule");
        Thread thread = builder.unstarted(() -> {
            task.run();
            if (platform) {
                platformThreads.release();
            }
            if (!over.compareAndSet(false, true)) {
                stuck.decrementAndGet();
            }
        });
        thread.setContextClassLoader(loader);
        try {
            thread.start();
        } catch (OutOfMemoryError e) {
            if (platform) {
                platformThreads.release();
            }
            throw e;
        }
    }

    /** One that has not begun yet never will. */
    private void giveUp(AtomicBoolean over, FutureTask<?> task) {
        if (over.compareAndSet(false, true)) {
            stuck.incrementAndGet();
            task.cancel(true);
        }
    }

    private <T> T overrun(T otherwise, String why) throws OverrunException {
        long times = overruns.incrementAndGet();
        return switch (time.overrun()) {
            case SERVFAIL -> throw new OverrunException(why, times);
            case PASS -> {
                passOver();
                if (Milestones.isOne(times)) {
                    LOG.warn("the rule '{}' ({}) is passed over: {}, {} times so far", text(), place(), why, times);
                }
                yield otherwise;
            }
            case DISABLE -> {
                passOver();
                if (disabled.compareAndSet(false, true)) {
                    LOG.error("the rule '{}' ({}) is disabled until the next reload: {}", text(), place(), why);
                }
                yield otherwise;
            }
        };
    }

    private String text() {
        return source.text();
    }

    private String place() {
        return source.place();
    }

    /** Lets go of what the rule holds, if it holds anything. */
    void close(Closer closer) {
        if (stuck.get() > 0) {
            LOG.warn("the rule '{}' ({}) leaves {} calls behind that have not ended", text(), place(), stuck.get());
        }
        closer.close(rule, "the rule '" + text() + "' (" + place() + ")");
    }
}
