package org.sentrydns.server;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What signals do. Thread-safe. They are heard before the server takes queries, since a signal that nobody hears ends the
 * process; what can only be done by a running server is done when it runs.
 */
public final class Controls {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.core");

    private final Thread listening =
            Thread.ofPlatform().name("sentry-signals").daemon().unstarted(this::listen);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicBoolean reloadWanted = new AtomicBoolean();
    private volatile @Nullable SentryServer server;
    private volatile @Nullable Reloader reloader;

    private Controls() {}

    /** Begins to listen in the background, since to learn how takes a moment that the start has better use for. */
    public static Controls listening() {
        Controls controls = new Controls();
        controls.listening.start();
        return controls;
    }

    private void listen() {
        if (!Signals.on("HUP", this::wantReload)) {
            LOG.warn("HUP will not reload: whoever started this process lets it be ignored (nohup?)");
        }
        Signals.on("USR1", this::tell);
        Signals.on("PWR", this::tell);
        Signals.on("TERM", this::stop);
        Signals.on("INT", this::stop);
    }

    /** Waits until signals are heard. */
    void awaitListening() throws InterruptedException {
        listening.join();
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

    /** A start has nothing to end in order. */
    private void stop() {
        if (server == null) {
            System.exit(0);
        }
        stopped.countDown();
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
