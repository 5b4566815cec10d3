package org.sentrydns.server.list;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Downloads a list again and again. Confined to one thread. The first step takes the copy of an earlier download, so that a
 * list is there before the network is.
 */
final class WebFeed implements Feed {
    private final DomainList list;
    private final URI address;
    private final Intake intake;
    private final Copies copies;
    private final Surroundings surroundings;
    private final RefreshTimes times;
    private Validators known;
    private Duration firstWait;
    private boolean started;

    WebFeed(DomainList list, URI address, Intake intake, Copies copies, Surroundings surroundings) {
        this.list = list;
        this.address = address;
        this.intake = intake;
        this.copies = copies;
        this.surroundings = surroundings;
        this.times = new RefreshTimes(list.source().refresh(), surroundings.random());
        this.known = list.validators();
        this.started = list.isLoaded();
        this.firstWait = firstWait(list, surroundings);
    }

    /** What is in from a copy only, or from another source, is due at once. */
    private static Duration firstWait(DomainList list, Surroundings surroundings) {
        Long checked = list.checked();
        if (!list.isLoaded() || checked == null) {
            return Duration.ZERO;
        }
        Duration left = list.source().refresh().minus(surroundings.since(checked));
        return left.isNegative() ? Duration.ZERO : left;
    }

    @Override
    public DomainList list() {
        return list;
    }

    @Override
    public Duration step() throws InterruptedException {
        if (!started) {
            started = true;
            useCopy();
            return Duration.ZERO;
        }
        long begun = surroundings.nanoTime().getAsLong();
        try {
            ReadList fresh = refresh();
            list.checked(surroundings.nanoTime().getAsLong());
            if (fresh == null) {
                ListLog.unchanged(list);
            } else {
                ListLog.in(list, fresh.report(), list.source().origin().toString(), surroundings.since(begun));
            }
            return times.afterSuccess();
        } catch (IOException e) {
            Duration wait = times.afterFailure();
            list.failed(Reason.of(e));
            ListLog.failed(list, Reason.of(e), "tried again in " + ListLog.text(wait));
            return wait;
        }
    }

    private void useCopy() throws InterruptedException {
        Optional<Copy> copy = copies.find(list.name(), address);
        if (copy.isEmpty()) {
            return;
        }
        long begun = surroundings.nanoTime().getAsLong();
        try {
            ReadList read = take(copy.get());
            String from = "the copy of " + list.source().origin()
                    + copy.get().fetched().map(time -> ", fetched " + time).orElse("");
            ListLog.in(list, read.report(), from, surroundings.since(begun));
        } catch (IOException e) {
            ListLog.copyRefused(list, Reason.of(e));
        }
    }

    /** Only a list that is in can be called unchanged: the validators of one that is not are not sent. */
    private ReadList take(Copy copy) throws IOException, InterruptedException {
        ReadList read = intake.download(list, copy.file());
        list.swap(read, copy.validators());
        known = copy.validators();
        return read;
    }

    /** @return null if the list has not changed */
    private @Nullable ReadList refresh() throws IOException, InterruptedException {
        Path part = copies.part(list.name());
        try {
            Optional<Validators> given = new Download(address, list.source()).to(part, known);
            if (given.isEmpty()) {
                return null;
            }
            ReadList fresh = intake.download(list, part);
            list.swap(fresh, given.get());
            known = given.get();
            copies.keep(list.name(), address, part, known);
            return fresh;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    @Override
    public @Nullable String prepare(boolean downloads) throws InterruptedException {
        if (!list.isLoaded() && !started) {
            step();
        }
        if (!list.isLoaded() && downloads) {
            firstWait = step();
        }
        return list.isLoaded()
                ? null
                : list.failure()
                        .map(why -> "it could not be downloaded: " + why)
                        .orElse(downloads ? "it could not be downloaded" : "it has not been downloaded yet");
    }

    @Override
    public Duration firstWait() {
        return firstWait;
    }

    @Override
    public ListResult loadOnce() throws InterruptedException {
        long begun = surroundings.nanoTime().getAsLong();
        ReadList copied = copied();
        try {
            ReadList fresh = refresh();
            ReadList current = fresh == null ? copied : fresh;
            if (current == null) {
                throw new IOException("it answers 304, though nothing is known of it");
            }
            return new ListResult.Read(list.source(), current.report(), surroundings.since(begun));
        } catch (IOException e) {
            return copied == null
                    ? new ListResult.Failed(list.source(), Reason.of(e))
                    : new ListResult.FromCopy(list.source(), copied.report(), Reason.of(e));
        }
    }

    private @Nullable ReadList copied() throws InterruptedException {
        try {
            Optional<Copy> copy = copies.find(list.name(), address);
            return copy.isEmpty() ? null : take(copy.get());
        } catch (IOException e) {
            // A copy is a convenience: without it the download alone decides.
            return null;
        }
    }
}
