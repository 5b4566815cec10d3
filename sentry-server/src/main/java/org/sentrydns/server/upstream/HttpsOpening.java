package org.sentrydns.server.upstream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Has one question open the connection of Java's HTTP client, while the others wait for it: that client shares connections that
 * are there, but each question that finds none opens one for itself. Thread-safe.
 *
 * <p>The opening has a time of its own, or a line that needs more than the time of a question would never see a connection. An
 * upstream's name is looked up before, not by the client, whose threads nothing can interrupt there; and where a name has
 * several addresses, the client is shown one first that takes connections, since it tries no other.
 */
final class HttpsOpening {
    /** Java's client closes a connection that was idle for 30 s. */
    static final long WARM_NANOS = 20_000_000_000L;

    private static final long OPENING_NANOS = 5_000_000_000L;
    /** For one of several addresses to take a connection. */
    private static final long PATIENCE_NANOS = 500_000_000L;
    /** Then a question opens a connection of its own: the one that opens may ask for a name that is dead. */
    private static final long MOST_WAIT_NANOS = 1_000_000_000L;

    private final URI uri;
    private final @Nullable KnownAddresses known;
    private final LongSupplier nanoTime;
    private final AtomicReference<@Nullable CompletableFuture<Void>> opening = new AtomicReference<>();
    private volatile boolean open;
    private volatile long heardAt;

    /** @param known has the addresses of the upstream's name; null if it has none */
    HttpsOpening(URI uri, @Nullable KnownAddresses known, LongSupplier nanoTime) {
        this.uri = uri;
        this.known = known;
        this.nanoTime = nanoTime;
    }

    /** Something came, so there is a connection. */
    void heard() {
        heardAt = nanoTime.getAsLong();
        open = true;
    }

    /** The connection is gone, or another client has none yet. */
    void lost() {
        open = false;
    }

    private boolean isWarm() {
        return open && nanoTime.getAsLong() - heardAt < WARM_NANOS;
    }

    /**
     * Sends when there is a connection, or to make one.
     *
     * @return may be cancelled, and goes on all the same if it is what makes the connection
     */
    CompletableFuture<HttpResponse<byte[]>> send(HttpClient client, HttpRequest request, long deadline)
            throws IOException, InterruptedException {
        while (!isWarm()) {
            CompletableFuture<Void> mine = new CompletableFuture<>();
            CompletableFuture<Void> other = opening.compareAndExchange(null, mine);
            if (other == null) {
                return open(client, request, mine);
            }
            if (!await(other, deadline)) {
                break;
            }
        }
        return client.sendAsync(request, info -> new MessageBody());
    }

    /** False if that takes too long. */
    private static boolean await(CompletableFuture<Void> other, long deadline)
            throws IOException, InterruptedException {
        long left = deadline - System.nanoTime();
        try {
            other.get(Math.min(left / 2, MOST_WAIT_NANOS), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            if (deadline - System.nanoTime() <= 0) {
                throw (IOException) new SocketTimeoutException("no connection in time").initCause(e);
            }
            return false;
        } catch (ExecutionException e) {
            if (HttpsExchange.isLoss(e.getCause())) {
                return true;
            }
            throw new IOException(HttpsExchange.reason(e.getCause()), e);
        }
    }

    private CompletableFuture<HttpResponse<byte[]>> open(
            HttpClient client, HttpRequest request, CompletableFuture<Void> mine) {
        CompletableFuture<HttpResponse<byte[]>> result = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                long deadline = System.nanoTime() + OPENING_NANOS;
                chooseAddress(deadline);
                HttpResponse<byte[]> response = exchange(client, request, deadline);
                heard();
                end(mine, null);
                result.complete(response);
            } catch (Throwable e) {
                // An error too is told to those who wait.
                if (known != null) {
                    known.prefer(uri.getHost(), null);
                }
                end(mine, e);
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    private void end(CompletableFuture<Void> mine, @Nullable Throwable failure) {
        opening.set(null);
        if (failure == null) {
            mine.complete(null);
        } else {
            mine.completeExceptionally(failure);
        }
    }

    private static HttpResponse<byte[]> exchange(HttpClient client, HttpRequest request, long deadline)
            throws Throwable {
        CompletableFuture<HttpResponse<byte[]>> sent = client.sendAsync(request, info -> new MessageBody());
        try {
            return sent.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() == null ? e : e.getCause();
        } catch (TimeoutException e) {
            throw new SocketTimeoutException("no connection in time").initCause(e);
        } finally {
            sent.cancel(true);
        }
    }

    /** Of several, one that takes connections. */
    private void chooseAddress(long deadline) throws IOException {
        String host = uri.getHost();
        if (known == null) {
            return;
        }
        List<InetAddress> addresses = known.fresh(host);
        if (addresses.size() == 1 || known.hasPreferred(host)) {
            return;
        }
        IOException failure = new UnknownHostException(host);
        for (InetAddress address : addresses) {
            try {
                long end = Math.min(deadline, System.nanoTime() + PATIENCE_NANOS);
                new TcpDialer(new InetSocketAddress(address, uri.getPort()))
                        .dial(end)
                        .close();
                known.prefer(host, address);
                return;
            } catch (IOException e) {
                failure = e;
            }
        }
        throw failure;
    }
}
