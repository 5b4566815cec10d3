package org.sentrydns.server.list;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.config.ListSource;

/**
 * The configured lists. Thread-safe. After {@link #start} one thread keeps them as their sources are, list after list, files
 * and copies first; it is a platform thread, since reading a million lines on a virtual one would hold up queries.
 */
public final class Lists implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Map<String, DomainList> lists = new LinkedHashMap<>();
    private final Optional<Path> copies;
    private final Intake intake;
    private final Surroundings surroundings;
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile @Nullable Keeper keeper;
    private volatile @Nullable Thread thread;
    private volatile @Nullable List<Feed> feeds;

    Lists(Collection<ListSource> sources, Optional<Path> copies, Reading reading, Surroundings surroundings) {
        sources.forEach(source -> lists.put(source.name(), new DomainList(source)));
        this.copies = copies;
        this.intake = new Intake(reading);
        this.surroundings = surroundings;
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
        lists.forEach((name, list) -> {
            DomainList before = earlier.lists.get(name);
            if (before != null && before.source().origin().equals(list.source().origin())) {
                list.takeOver(before);
            }
        });
    }

    /**
     * Brings the lists in on this thread, so that rules about them hold from the first query on: files as they are now, copies
     * of downloads, and downloads of which there is no copy. To be called before {@link #start}; says in the log what it
     * does. A list that fails and was served before under its name goes on as it was.
     *
     * @param earlier the lists that are served until now; null at the start, when nothing is downloaded
     * @return what failed and leaves its list empty
     */
    public List<ListResult.Failed> prepare(@Nullable Lists earlier) throws InterruptedException {
        if (earlier != null) {
            takeOver(earlier);
        }
        List<ListResult.Failed> failed = new ArrayList<>();
        for (Feed feed : ownFeeds()) {
            String reason = feed.prepare(earlier != null);
            DomainList before =
                    earlier == null ? null : earlier.lists.get(feed.list().name());
            if (reason != null && before != null && before.isLoaded()) {
                feed.list().borrow(before);
            } else if (reason != null) {
                failed.add(new ListResult.Failed(feed.list().source(), reason));
            }
        }
        return failed;
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
            Keeper own = new Keeper(ownFeeds(), surroundings);
            keeper = own;
            thread = Thread.ofPlatform().daemon().name("sentry-lists").start(own);
        }
    }

    /**
     * Waits until each list has been read, or has failed for the first time; after {@link #start}.
     *
     * @param most for how long, since a download may hang
     */
    public void awaitFirstLoading(Duration most) throws InterruptedException {
        Keeper own = keeper;
        if (own != null) {
            own.awaitRest(most);
        }
    }

    /**
     * Loads all lists once, on this thread, and says nothing in the log. Copies are read, but none is written: whoever
     * checks may be somebody else than who serves. Instead of {@link #start}.
     *
     * @return what came of each, in the order of the configuration
     */
    public List<ListResult> loadNow() throws InterruptedException {
        List<ListResult> results = new ArrayList<>();
        for (Feed feed : feeds(new Copies(copies, surroundings.clock()).readOnly())) {
            results.add(feed.loadOnce());
        }
        return results;
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
        Thread running = thread;
        if (running == null) {
            return;
        }
        running.interrupt();
        try {
            // It cleans up behind itself; an interrupt between two reads of a large list takes a moment to be seen.
            running.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
