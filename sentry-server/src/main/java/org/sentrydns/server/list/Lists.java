package org.sentrydns.server.list;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.config.ListSource;

/**
 * The configured lists. Thread-safe. After {@link #start} they are kept as their sources are, the files by one thread and each
 * download, which may hang, by one of its own; these are platform threads, since reading a million lines on a virtual one
 * would hold up queries.
 */
public final class Lists implements AutoCloseable {
    private final Map<String, DomainList> lists = new LinkedHashMap<>();
    private final Optional<Path> copies;
    private final Intake intake;
    private final Surroundings surroundings;
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile List<Thread> threads = List.of();
    private volatile CountDownLatch atRest = new CountDownLatch(0);
    private volatile @Nullable List<Feed> feeds;

    Lists(Collection<ListSource> sources, Optional<Path> copies, Reading reading, Surroundings surroundings) {
        sources.forEach(source -> lists.put(source.name(), new DomainList(source)));
        this.copies = copies;
        this.intake = new Intake(oneByOne(reading));
        this.surroundings = surroundings;
    }

    /** However many lists are downloaded at once, reading takes memory and a core. */
    private static Reading oneByOne(Reading reading) {
        Lock turn = new ReentrantLock();
        return in -> {
            turn.lock();
            try {
                return reading.read(in);
            } finally {
                turn.unlock();
            }
        };
    }

    /**
     * Lists that are not loaded yet.
     *
     * @param sources where they come from
     * @param copies the folder for the last good copies of downloads; empty if none are to be kept
     */
    public static Lists of(Collection<ListSource> sources, Optional<Path> copies) {
        return new Lists(sources, copies, ListReader::read, Surroundings.real());
    }

    /** All of them by name, in the order of the configuration; the same objects for ever. */
    public Map<String, DomainList> all() {
        return Collections.unmodifiableMap(lists);
    }

    /**
     * Lets lists of an earlier configuration serve until their own first loading, where the sources are the same. To be
     * called before {@link #start}.
     */
    public void takeOver(Lists earlier) {
        for (DomainList list : lists.values()) {
            DomainList before = earlier.same(list);
            if (before != null) {
                list.takeOver(before);
            }
        }
    }

    /**
     * Brings the lists in and waits for the slowest, so that rules about them hold from the first query on: files as they are now, copies
     * of downloads, and downloads of which there is no copy. To be called before {@link #start}; says in the log what it
     * does. A list that fails and was served before under its name goes on as it was.
     *
     * @param earlier the lists that are served until now; null at the start, when nothing is downloaded
     * @param patient whether a list that is missing until now, and whose address may hang, is waited for too
     * @return what failed and leaves its list empty
     */
    public List<ListResult.Failed> prepare(@Nullable Lists earlier, boolean patient) throws InterruptedException {
        if (earlier != null) {
            takeOver(earlier);
        }
        List<Feed> own = ownFeeds();
        Set<String> missing = earlier == null ? Set.of() : missingIn(earlier);
        List<Optional<String>> reasons = Together.each(own, feed -> {
            boolean downloads =
                    earlier != null && (patient || !missing.contains(feed.list().name()));
            return Optional.ofNullable(feed.prepare(downloads));
        });
        List<ListResult.Failed> failed = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            DomainList list = own.get(i).list();
            DomainList before = earlier == null ? null : earlier.lists.get(list.name());
            if (reasons.get(i).isPresent() && before != null && before.isLoaded()) {
                list.borrow(before);
            } else {
                reasons.get(i)
                        .ifPresent(reason -> failed.add(
                                new ListResult.Failed(list.source(), reason, missing.contains(list.name()))));
            }
        }
        return failed;
    }

    /**
     * Brings in those that are to be waited for, as at a start: files, and copies of downloads. To be called before {@link #start}.
     *
     * @return what failed and leaves its list empty
     */
    public List<ListResult.Failed> prepareAwaited() throws InterruptedException {
        List<Feed> awaited = ownFeeds().stream()
                .filter(feed -> feed.list().source().awaited())
                .toList();
        List<Optional<ListResult.Failed>> results = Together.each(
                awaited,
                feed -> Optional.ofNullable(feed.prepare(false))
                        .map(reason -> new ListResult.Failed(feed.list().source(), reason)));
        return results.stream().flatMap(Optional::stream).toList();
    }

    /** The names of those that are there too, and not in. */
    private Set<String> missingIn(Lists earlier) {
        Set<String> missing = new HashSet<>();
        for (DomainList list : lists.values()) {
            DomainList before = earlier.same(list);
            if (before != null && !before.isLoaded()) {
                missing.add(list.name());
            }
        }
        return missing;
    }

    /** The one here with the same name and source; null if there is none. */
    private @Nullable DomainList same(DomainList other) {
        DomainList ours = lists.get(other.name());
        return ours != null && ours.source().origin().equals(other.source().origin()) ? ours : null;
    }

    /** The same ones for {@link #prepare} and {@link #start}: what one has read, the other need not read again. */
    private List<Feed> ownFeeds() {
        List<Feed> known = feeds;
        if (known == null) {
            known = feeds(new Copies(copies, surroundings.clock()));
            feeds = known;
        }
        return known;
    }

    /** Begins to load in the background, once; returns at once. */
    public void start() {
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException("started already");
        }
        if (!lists.isEmpty()) {
            ListLog.starting(lists.values());
            List<List<Feed>> groups = Together.groups(ownFeeds());
            CountDownLatch latch = new CountDownLatch(groups.size());
            atRest = latch;
            threads = groups.stream()
                    .map(group -> Together.start(group, new Keeper(group, surroundings, latch)))
                    .toList();
        }
    }

    /**
     * Waits until each list has been read, or has failed for the first time; after {@link #start}.
     *
     * @param most for how long, since a download may hang
     */
    public void awaitFirstLoading(Duration most) throws InterruptedException {
        if (!atRest.await(most.toNanos(), TimeUnit.NANOSECONDS)) {
            ListLog.stillLoading(most);
        }
    }

    /**
     * Loads all lists once, waits for the slowest, and says nothing in the log. Copies are read, but none is written: whoever
     * checks may be somebody else than who serves. Instead of {@link #start}.
     *
     * @return what came of each, in the order of the configuration
     */
    public List<ListResult> loadNow() throws InterruptedException {
        return Together.each(feeds(new Copies(copies, surroundings.clock()).readOnly()), Feed::loadOnce);
    }

    private List<Feed> feeds(Copies kept) {
        List<Feed> feeds = new ArrayList<>();
        for (DomainList list : lists.values()) {
            feeds.add(
                    switch (list.source().origin()) {
                        case ListSource.OfFile path -> new FileFeed(list, path.file(), intake, surroundings);
                        case ListSource.OfAddress web -> new WebFeed(list, web.address(), intake, kept, surroundings);
                    });
        }
        return feeds;
    }

    /** Ends the loading, also a download that hangs. What is loaded goes on serving. */
    @Override
    public void close() {
        Together.end(threads);
    }
}
