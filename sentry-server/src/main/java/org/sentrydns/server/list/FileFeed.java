package org.sentrydns.server.list;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Watches a file. Confined to one thread. It is looked at again and again: that works on every file system, through
 * symbolic links, and when an editor puts another file in its place. A change is read when two looks in a row are equal,
 * since somebody may still be writing.
 */
final class FileFeed implements Feed {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int ATTEMPTS = 3;
    static final String CHANGING = "it changes while it is read";

    private final DomainList list;
    private final Path file;
    private final Intake intake;
    private final Surroundings surroundings;
    private final RefreshTimes again;
    private @Nullable Look seen;
    private @Nullable Look tried;
    private @Nullable String complaint;
    private boolean failed;
    private long retryAt;

    FileFeed(DomainList list, Path file, Intake intake, Surroundings surroundings) {
        this.list = list;
        this.file = file;
        this.intake = intake;
        this.surroundings = surroundings;
        this.again = new RefreshTimes(HOUR, surroundings.random());
        this.tried = list.look();
    }

    @Override
    public DomainList list() {
        return list;
    }

    @Override
    public Duration step() throws InterruptedException {
        try {
            Look now = Look.at(file);
            if (isDue(now)) {
                read(now);
            } else if (now.equals(tried) && !failed) {
                backAgain();
            }
            seen = now;
        } catch (IOException e) {
            seen = null;
            tried = list.look();
            failed = false;
            complain(Reason.of(e));
        }
        return surroundings.look();
    }

    /** A reading that failed is tried again though the file looks the same: the disk may have failed, not the list. */
    private boolean isDue(Look now) {
        if (now.equals(tried)) {
            return failed && surroundings.nanoTime().getAsLong() - retryAt >= 0;
        }
        return tried == null || now.equals(seen);
    }

    private void read(Look now) throws IOException, InterruptedException {
        long begun = surroundings.nanoTime().getAsLong();
        tried = list.look();
        try {
            ReadList fresh = intake.file(list, file);
            if (!Look.at(file).equals(now)) {
                return;
            }
            tried = now;
            list.swap(fresh, now);
            succeeded(fresh, begun);
        } catch (IOException e) {
            // If it has changed meanwhile, what is wrong is that it was read too early.
            if (Look.at(file).equals(now)) {
                tried = now;
                failed(e);
            }
        }
    }

    private void succeeded(ReadList fresh, long begun) {
        failed = false;
        complaint = null;
        again.afterSuccess();
        ListLog.in(list, fresh.report(), file.toString(), surroundings.since(begun));
    }

    private void failed(IOException e) {
        failed = true;
        retryAt = surroundings.nanoTime().getAsLong() + again.afterFailure().toNanos();
        complain(Reason.of(e));
    }

    private void complain(String reason) {
        list.failed(reason);
        if (!reason.equals(complaint)) {
            complaint = reason;
            ListLog.failed(list, reason, "read again when it changes");
        }
    }

    private void backAgain() {
        if (complaint != null) {
            complaint = null;
            list.works();
            ListLog.back(list);
        }
    }

    /** Somebody may be writing at this very moment: it is tried again, but not for long. */
    @Override
    public @Nullable String prepare(boolean downloads) throws InterruptedException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                Look now = Look.at(file);
                if (!now.equals(tried)) {
                    read(now);
                }
                if (now.equals(list.look()) || failed) {
                    break;
                }
                tried = null;
            } catch (IOException e) {
                complain(Reason.of(e));
                break;
            }
        }
        if (list.isLoaded()) {
            return null;
        }
        return complaint == null ? CHANGING : complaint;
    }

    @Override
    public Duration firstWait() {
        return Duration.ZERO;
    }

    @Override
    public ListResult loadOnce() throws InterruptedException {
        long begun = surroundings.nanoTime().getAsLong();
        try {
            Look now = Look.at(file);
            ReadList fresh = intake.file(list, file);
            list.swap(fresh, now);
            return new ListResult.Read(list.source(), fresh.report(), surroundings.since(begun));
        } catch (IOException e) {
            return new ListResult.Failed(list.source(), Reason.of(e));
        }
    }
}
