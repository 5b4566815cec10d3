package org.sentrydns.server;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What signals do. Thread-safe. They are heard before the server takes queries, since a signal that nobody hears ends the
 * process; what can only be done by a running server is done when it runs.
 */
final class Controls {
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicBoolean reloadWanted = new AtomicBoolean();
    private volatile @Nullable SentryServer server;
    private volatile @Nullable Reloader reloader;

    void listen() {
        Signals.on("USR1", this::tell);
        Signals.on("PWR", this::tell);
        Signals.on("HUP", this::wantReload);
        Signals.on("TERM", stopped::countDown);
        Signals.on("INT", stopped::countDown);
    }

    /** The server runs. */
    void take(SentryServer running, Reloader itsReloader) {
        server = running;
        reloader = itsReloader;
        if (reloadWanted.get()) {
            Thread.ofPlatform().name("sentry-reload").daemon().start(this::reloadIfWanted);
        }
    }

    /** Waits until the server is to end. */
    void awaitStop() throws InterruptedException {
        stopped.await();
    }

    /** There is nothing to tell before the first query. */
    private void tell() {
        SentryServer running = server;
        if (running != null) {
            running.logStatistics();
        }
    }

    private void wantReload() {
        reloadWanted.set(true);
        reloadIfWanted();
    }

    private void reloadIfWanted() {
        Reloader known = reloader;
        if (known != null && reloadWanted.getAndSet(false)) {
            try {
                known.reload();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
