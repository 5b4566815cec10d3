package org.sentrydns.server.log;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Where the lines of the log go. Thread-safe. At first whoever says a line writes it, and waits for that. While it
 * collects, one thread writes many lines at once, and no query waits for a disk or for a slow reader; what does not fit
 * meanwhile is lost, and the log says how much that was.
 */
public final class LogStream extends OutputStream {
    /** How long lines are collected after some were written; one that comes after a silence does not wait. */
    private static final Duration PAUSE = Duration.ofMillis(5);

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int LIMIT = 4 << 20;
    private static final int USUAL = 64 << 10;

    private static final LogStream STANDARD_ERROR = new LogStream(System.err);

    private final PrintStream target;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    /** Guarded by the lock, like all that follow. */
    private ByteArrayOutputStream waiting = new ByteArrayOutputStream();

    private @Nullable Thread writer;
    private boolean ending;
    private long lost;

    LogStream(PrintStream target) {
        this.target = target;
    }

    /** The one that the log is written to, unless the user brings a configuration file for Logback. */
    public static LogStream standardError() {
        return STANDARD_ERROR;
    }

    /** Collects from now on. */
    public void collect() {
        lock.lock();
        try {
            ending = false;
            writer = Thread.ofPlatform().daemon().name("sentry-log").start(this::run);
        } finally {
            lock.unlock();
        }
    }

    /** Collects no more, and writes what it has; if nobody takes that, it waits for two seconds only. */
    public void stopCollecting() throws InterruptedException {
        Thread last;
        lock.lock();
        try {
            ending = true;
            change.signal();
            last = writer;
        } finally {
            lock.unlock();
        }
        if (last != null) {
            last.join(PATIENCE);
        }
    }

    @Override
    public void write(int octet) {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    /** @param octets whole lines, which are written or lost together */
    @Override
    public void write(byte[] octets, int from, int length) {
        lock.lock();
        try {
            if (writer == null) {
                target.write(octets, from, length);
                target.flush();
            } else if (waiting.size() > 0 && waiting.size() + length > LIMIT) {
                lost++;
            } else {
                waiting.write(octets, from, length);
                change.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (awaitLines()) {
                Batch batch = take();
                // First, while there is room for it: what is missing came behind these lines.
                report(batch.missing());
                pass(batch.lines());
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            handBack();
        }
    }

    /** Whether there is to be written; false in the end. */
    private boolean awaitLines() throws InterruptedException {
        lock.lock();
        try {
            while (waiting.size() == 0 && !ending) {
                change.await();
            }
            return !ending;
        } finally {
            lock.unlock();
        }
    }

    /** Lines that were collected, and how many messages were lost behind them. */
    private record Batch(byte[] lines, long missing) {}

    private Batch take() {
        lock.lock();
        try {
            Batch batch = new Batch(waiting.toByteArray(), lost);
            if (waiting.size() > USUAL) {
                waiting = new ByteArrayOutputStream();
            } else {
                waiting.reset();
            }
            lost = 0;
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void pass(byte[] lines) {
        if (lines.length > 0) {
            target.writeBytes(lines);
            target.flush();
        }
    }

    /** Not while the lock is held: the log has one of its own around this stream. */
    private static void report(long missing) {
        if (missing > 0) {
            // The logger is no constant of this class, which comes before the first one.
            LoggerFactory.getLogger("sentry.core")
                    .warn("{} messages are missing here: they came faster than they could be written", missing);
        }
    }

    /** From here on whoever says a line writes it, behind all that was collected. */
    private void handBack() {
        Batch last;
        lock.lock();
        try {
            last = take();
            pass(last.lines());
            writer = null;
        } finally {
            lock.unlock();
        }
        report(last.missing());
    }
}
