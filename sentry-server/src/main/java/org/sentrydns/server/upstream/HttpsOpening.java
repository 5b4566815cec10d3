package org.sentrydns.server.upstream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens the connection of Java's HTTP client by a question of its own, while all others wait for it: that client shares
 * connections that are there, but each question that finds none opens one for itself, and closes it again when it is given up.
 * Thread-safe.
 *
 * <p>The opening has a time of its own, or a line that needs more than the time of a question would never see a connection. An
 * upstream's name is looked up before, not by the client, whose threads nothing can interrupt there. Of several addresses the
 * client tries the first only: one that fails goes behind the others, and the next one is tried.
 */
final class HttpsOpening {
    /** Java's client closes a connection that was idle for 30 s. */
    static final long WARM_NANOS = 25_000_000_000L;

    private static final long OPENING_NANOS = 5_000_000_000L;
    /** For one of several addresses to take a connection. */
    private static final long PATIENCE_NANOS = 500_000_000L;

    private final URI uri;
    private final HttpRequest question;
    private final @Nullable KnownAddresses known;
    private final Silence silence;
    private final Consumer<HttpClient> silent;
    private final LongSupplier nanoTime;
    private final AtomicReference<@Nullable CompletableFuture<Void>> opening = new AtomicReference<>();
    private volatile @Nullable Heard heard;

    /** When something came over a client's connection. */
    private record Heard(HttpClient client, long at) {}

    /**
     * Opens nothing yet.
     *
     * @param question one that any server answers at once
     * @param known has the addresses of the upstream's name; null if it has none
     * @param silence hears of what comes
     * @param silent gets a client by which nothing came in an opening's time: it may have a connection that is dead without
     *     knowing
     */
    HttpsOpening(
            HttpRequest question,
            @Nullable KnownAddresses known,
            Silence silence,
            Consumer<HttpClient> silent,
            LongSupplier nanoTime) {
        this.uri = question.uri();
        this.question = question;
        this.known = known;
        this.silence = silence;
        this.silent = silent;
        this.nanoTime = nanoTime;
    }

    /** Something came, so there is a connection. */
    void heard(HttpClient client) {
        silence.heard();
        heard = new Heard(client, nanoTime.getAsLong());
    }

    /** The connection is gone. */
    void lost() {
        heard = null;
    }

    boolean isUnderWay() {
        return opening.get() != null;
    }

    private boolean isWarm(HttpClient client) {
        Heard last = heard;
        return last != null && last.client.equals(client) && nanoTime.getAsLong() - last.at < WARM_NANOS;
    }

    /**
     * Waits for a connection, if there is none, and makes it, if nobody does.
     *
     * @throws IOException if none came about, or not by the deadline
     */
    void await(HttpClient client, long deadline) throws IOException, InterruptedException {
        while (!isWarm(client)) {
            CompletableFuture<Void> mine = new CompletableFuture<>();
            CompletableFuture<Void> other = opening.compareAndExchange(null, mine);
            if (other == null) {
                start(client, mine);
            }
            await(other == null ? mine : other, deadline);
        }
    }

    private void start(HttpClient client, CompletableFuture<Void> mine) {
        boolean started = false;
        try {
            Thread.startVirtualThread(() -> open(client, mine));
            started = true;
        } finally {
            if (!started) {
                opening.set(null);
                mine.completeExceptionally(new IOException("no thread to open a connection"));
            }
        }
    }

    private static void await(CompletableFuture<Void> opening, long deadline) throws IOException, InterruptedException {
        try {
            opening.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw (IOException) new SocketTimeoutException("no connection in time").initCause(e);
        } catch (ExecutionException e) {
            throw new IOException(HttpsFailure.reason(e.getCause()), e);
        }
    }

    private void open(HttpClient client, CompletableFuture<Void> mine) {
        try {
            open(client, System.nanoTime() + OPENING_NANOS);
            heard(client);
            opening.set(null);
            mine.complete(null);
        } catch (Throwable e) {
            // An error too is told to those who wait.
            try {
                if (e instanceof SocketTimeoutException) {
                    silent.accept(client);
                }
            } finally {
                opening.set(null);
                mine.completeExceptionally(e);
            }
        }
    }

    private void open(HttpClient client, long deadline) throws Throwable {
        if (known == null) {
            exchangeTwice(client, deadline);
            return;
        }
        String host = uri.getHost();
        List<InetAddress> addresses = known.fresh(host);
        for (int left = addresses.size(); ; left--) {
            // The client will take the first too.
            InetAddress address = known.fresh(host).getFirst();
            try {
                long now = System.nanoTime();
                if (left > 1 && !known.isGood(host, address)) {
                    probe(address, Math.min(deadline, now + PATIENCE_NANOS));
                }
                exchangeTwice(client, now + (deadline - now) / left);
                known.worked(host, address);
                return;
            } catch (IOException e) {
                known.failed(host, address);
                if (left <= 1 || deadline - System.nanoTime() <= 0) {
                    throw e;
                }
            }
        }
    }

    private void probe(InetAddress address, long deadline) throws IOException {
        new TcpDialer(new InetSocketAddress(address, uri.getPort()))
                .dial(deadline)
                .close();
    }

    /** A server may close a connection just when it is used; not twice. */
    private void exchangeTwice(HttpClient client, long deadline) throws Throwable {
        try {
            exchange(client, deadline);
        } catch (IOException e) {
            if (!HttpsFailure.isLoss(e)) {
                throw e;
            }
            exchange(client, deadline);
        }
    }

    /** Whatever it answers, there is a connection. */
    private void exchange(HttpClient client, long deadline) throws Throwable {
        CompletableFuture<HttpResponse<byte[]>> sent = client.sendAsync(question, info -> new MessageBody());
        try {
            sent.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() == null ? e : e.getCause();
        } catch (TimeoutException e) {
            throw new SocketTimeoutException("no connection in time").initCause(e);
        } finally {
            sent.cancel(true);
        }
    }
}
