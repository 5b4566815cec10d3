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
    private volatile @Nullable Thread keeper;

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

    /** Begins to load in the background, once; returns at once. */
    public void start() {
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException("started already");
        }
        if (!lists.isEmpty()) {
            ListLog.starting(lists.values());
            keeper = Thread.ofPlatform()
                    .daemon()
                    .name("sentry-lists")
                    .start(new Keeper(feeds(new Copies(copies, surroundings.clock())), surroundings));
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
        Thread running = keeper;
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
