package org.sentrydns.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.config.InvalidConfigException;
import org.sentrydns.server.config.Problem;
import org.sentrydns.server.config.Problems;
import org.sentrydns.server.edition.Edition;
import org.sentrydns.server.edition.ReloadResult;
import org.sentrydns.server.list.ListResult;
import org.sentrydns.server.list.Lists;
import org.sentrydns.server.plugin.PluginException;
import org.sentrydns.server.stats.Statistics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads everything again and has the server serve it, or leaves all as it is. Thread-safe; one reload at a time. */
public final class Reloader {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.core");

    private final ReentrantLock lock = new ReentrantLock();
    private final @Nullable Path file;
    private final SentryServer server;
    private final Statistics statistics;
    /** What the server runs with where a reload changes nothing. */
    private final StartSettings started;

    /** @param file the configuration file, or null for the embedded default */
    public Reloader(@Nullable Path file, SentryServer server, Statistics statistics) {
        this.file = file;
        this.server = server;
        this.statistics = statistics;
        this.started = StartSettings.of(server.edition().config());
    }

    /** Waits for its turn, reads, checks and swaps; says in the log what came of it. */
    public ReloadResult reload() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            ReloadResult result = tryReload(System.nanoTime());
            statistics.reloaded(result instanceof ReloadResult.Done);
            switch (result) {
                case ReloadResult.Done done -> LOG.info("reloaded: {}", done.summary());
                case ReloadResult.Refused refused ->
                    LOG.error(
                            "the reload is refused, all stays as it was:\n{}", String.join("\n\n", refused.problems()));
            }
            return result;
        } finally {
            lock.unlock();
        }
    }

    private ReloadResult tryReload(long begun) throws InterruptedException {
        Edition next;
        try {
            next = Edition.read(file, statistics::verb, statistics::plugin);
        } catch (InvalidConfigException e) {
            return new ReloadResult.Refused(
                    e.problems().stream().map(Problem::toString).toList());
        } catch (PluginException | IOException | RuntimeException | Error e) {
            return refused(e);
        }
        Edition before = server.edition();
        boolean taken = false;
        try {
            prepare(next, before.lists());
            int kept = next.rules().size() - added(next, before);
            server.replace(next);
            taken = true;
            next.config().notices().forEach(LOG::info);
            for (String key : started.changed(next.config())) {
                LOG.warn("{} has changed since the start and stays as it was until the next one", key);
            }
            return new ReloadResult.Done(summary(next, before, kept, System.nanoTime() - begun));
        } catch (InvalidConfigException e) {
            return new ReloadResult.Refused(
                    e.problems().stream().map(Problem::toString).toList());
        } catch (IOException | RuntimeException | Error e) {
            return refused(e);
        } finally {
            if (!taken) {
                next.close();
            }
        }
    }

    private static ReloadResult refused(Throwable e) {
        LOG.debug("why the reload is refused", e);
        return new ReloadResult.Refused(List.of(e.getMessage() == null ? e.toString() : e.getMessage()));
    }

    /** Lists first, since what is expected may depend on them. */
    private static void prepare(Edition next, Lists earlier) throws InvalidConfigException, InterruptedException {
        Problems problems = new Problems();
        next.checkFiles(problems);
        List<ListResult.Failed> missing =
                next.lists().prepare(earlier, !next.config().expectations().isEmpty());
        for (ListResult.Failed failed : missing) {
            // A file that cannot be read is a mistake; an address may be back in a minute, and its list comes in then.
            if (failed.isMistake() && !failed.before()) {
                problems.add(failed.problem());
            }
        }
        problems.throwIfAny();
        if (!missing.isEmpty() && missing.stream().allMatch(ListResult.Failed::before)) {
            // As at the start: what runs has done without them too.
            next.checkExpectationsWithout(ListResult.Failed.names(missing));
            return;
        }
        next.checkExpectations(problems);
        if (!problems.isEmpty()) {
            missing.forEach(failed -> problems.add(failed.problem()));
        }
        problems.throwIfAny();
    }

    private static int added(Edition next, Edition before) {
        return next.rules().linesNotIn(before.rules());
    }

    private static String summary(Edition next, Edition before, int kept, long nanos) {
        int rules = next.rules().size();
        List<String> changed = next.plugins().notIn(before.plugins());
        return String.format(
                Locale.ROOT,
                "%d rules (%d new, %d gone), %d lists, %d verbs%s in %.1f s",
                rules,
                rules - kept,
                before.rules().size() - kept,
                next.lists().all().size(),
                next.plugins().verbs().size(),
                changed.isEmpty() ? "" : " (new or changed: " + String.join(", ", changed) + ")",
                nanos / 1e9);
    }
}
