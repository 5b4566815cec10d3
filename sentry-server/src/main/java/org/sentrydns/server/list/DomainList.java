package org.sentrydns.server.list;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.config.ListSource;

/** A list as rules keep it. Thread-safe: new content comes by one volatile write, and a lookup never waits for it. */
public final class DomainList {
    private final ListSource source;
    private volatile @Nullable ReadList content;

    DomainList(ListSource source) {
        this.source = source;
    }

    /** What rules call it, without the @. */
    public String name() {
        return source.name();
    }

    /** Where it comes from. */
    public ListSource source() {
        return source;
    }

    /** What it says now; it matches nothing until it is in. */
    public DomainSet set() {
        ReadList now = content;
        return now == null ? DomainSet.EMPTY : now.set();
    }

    /** Whether it is in. */
    public boolean isLoaded() {
        return content != null;
    }

    /** What was found in it; empty until it is in. */
    public Optional<ListReport> report() {
        return Optional.ofNullable(content).map(ReadList::report);
    }

    void swap(ReadList fresh) {
        content = fresh;
    }

    void takeOver(DomainList earlier) {
        content = earlier.content;
    }
}
