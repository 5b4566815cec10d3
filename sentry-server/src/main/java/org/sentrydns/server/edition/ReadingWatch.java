package org.sentrydns.server.edition;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells where a thread is that reads a configuration and does not come to an end: what a plugin does when it starts may wait for
 * ever, and with it the start, or this reload and all that follow. Thread-safe.
 */
final class ReadingWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.core");
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Where a thread waits, and not who has it wait. */
    private static final List<String> OF_JAVA = List.of("java.", "jdk.", "sun.", "javax.");

    private final CountDownLatch over = new CountDownLatch(1);

    private ReadingWatch() {}

    /** Watches the thread that calls this. */
    static ReadingWatch start() {
        return start(PATIENCE);
    }

    /** @param patience after which it is told the first time; then after twice as long, and so on */
    static ReadingWatch start(Duration patience) {
        ReadingWatch watch = new ReadingWatch();
        Thread reader = Thread.currentThread();
        Thread.ofPlatform().name("sentry-reading").daemon().start(() -> watch.follow(reader, patience));
        return watch;
    }

    private void follow(Thread reader, Duration patience) {
        Duration next = patience;
        Duration passed = Duration.ZERO;
        try {
            while (!over.await(next.toNanos(), TimeUnit.NANOSECONDS)) {
                passed = passed.plus(next);
                next = next.multipliedBy(2);
                LOG.warn(
                        "reading the configuration has taken {} s and goes on, at {}",
                        passed.toMillis() / 1000.0,
                        place(reader));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String place(Thread reader) {
        return Arrays.stream(reader.getStackTrace())
                .filter(frame -> OF_JAVA.stream().noneMatch(frame.getClassName()::startsWith))
                .map(frame -> frame.getClassName() + "." + frame.getMethodName() + " (" + frame.getFileName() + ":"
                        + frame.getLineNumber() + ")")
                .findFirst()
                .orElse("a place that is not known");
    }

    @Override
    public void close() {
        over.countDown();
    }
}
