package org.sentrydns.server.list;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.config.ListSource;

/** A list as rules keep it. Thread-safe: new content comes by one volatile write, and a lookup never waits for it. */
public final class DomainList {
    private final ListSource source;
    private volatile @Nullable Content content;
    private volatile @Nullable Long checked;

    /**
     * What is in, and how to know whether its source has changed since.
     *
     * @param look of the file that it was read from; null if it was none
     * @param validators of the download that it was read from
     */
    private record Content(ReadList read, @Nullable Look look, Validators validators) {}

    private volatile @Nullable String failure;

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
        Content now = content;
        return now == null ? DomainSet.EMPTY : now.read.set();
    }

    /** Whether it is in. */
    public boolean isLoaded() {
        return content != null;
    }

    /** What was found in it; empty until it is in. */
    public Optional<ListReport> report() {
        return Optional.ofNullable(content).map(now -> now.read.report());
    }

    /** Why its source cannot be used now; empty while it can, or nobody has looked yet. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    void failed(String reason) {
        failure = reason;
    }

    void works() {
        failure = null;
    }

    void swap(ReadList fresh, Look look) {
        failure = null;
        content = new Content(fresh, look, Validators.NONE);
    }

    void swap(ReadList fresh, Validators validators) {
        failure = null;
        content = new Content(fresh, null, validators);
    }

    /** Its source was found to say what is in. */
    void checked(long nanoTime) {
        failure = null;
        checked = nanoTime;
    }

    /** When that was, as of {@link System#nanoTime}; null if it was not. */
    @Nullable
    Long checked() {
        return checked;
    }

    /** Of the file that was read; null if none was. */
    @Nullable
    Look look() {
        Content now = content;
        return now == null ? null : now.look;
    }

    Validators validators() {
        Content now = content;
        return now == null ? Validators.NONE : now.validators;
    }

    /** From the same source. */
    void takeOver(DomainList earlier) {
        content = earlier.content;
        checked = earlier.checked;
        failure = earlier.failure;
    }

    /** From another source, until this list's own is in. */
    void borrow(DomainList earlier) {
        Content now = earlier.content;
        content = now == null ? null : new Content(now.read, null, Validators.NONE);
    }
}
