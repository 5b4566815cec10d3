package org.sentrydns.server.list;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.config.ListSource;

/**
 * One download of a list over http or https. Confined to one thread. It has an HTTP client of its own: the next download is
 * hours away, and an idle client keeps a thread and connections.
 */
final class Download {
    private static final String AGENT = agent(Download.class.getPackage().getImplementationVersion());
    private static final Set<String> ENCODINGS = Set.of("", "identity", "gzip", "x-gzip");

    private final URI address;
    private final long maxBytes;
    private final Duration timeout;

    Download(URI address, ListSource source) {
        this.address = address;
        this.maxBytes = source.maxBytes();
        this.timeout = source.timeout();
    }

    private static String agent(@Nullable String version) {
        return version == null ? "Sentry" : "Sentry/" + version;
    }

    /**
     * Downloads the list, as it is sent: it may be compressed.
     *
     * @param known what the server gave with the list that is loaded
     * @param target an existing file
     * @return what the server gave with this one, or empty if it has not changed
     * @throws IOException if it cannot be had; the target's content is then undefined
     */
    Optional<Validators> to(Path target, Validators known) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).header("User-Agent", AGENT).header("Accept-Encoding", "gzip");
        known.addTo(request);
        // HTTP/1.1: an offer to upgrade disturbs some servers, and one file gains nothing by it.
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        try (FileChannel out =
                FileChannel.open(target, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            HttpResponse<Long> response = send(client, request.build(), out);
            return judge(response, known);
        } finally {
            client.shutdownNow();
        }
    }

    /** The time limit holds for all of it: a request's own timeout ends with the headers. */
    private HttpResponse<Long> send(HttpClient client, HttpRequest request, FileChannel out)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<Long>> sent =
                client.sendAsync(request, info -> new Sink(info.statusCode() == 200, out, maxBytes));
        try {
            return sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("it is not complete within its timeout of " + ListLog.text(timeout), e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure
                    ? failure
                    : new IOException(String.valueOf(e.getCause()), e);
        } finally {
            sent.cancel(true);
        }
    }

    private static Optional<Validators> judge(HttpResponse<Long> response, Validators known) throws IOException {
        int status = response.statusCode();
        if (status == 304 && !known.equals(Validators.NONE)) {
            return Optional.empty();
        }
        if (status != 200) {
            String target = response.headers().firstValue("Location").orElse("");
            throw new IOException("it answers " + status
                    + (target.isEmpty()
                            ? ""
                            : ", to " + target + ", which is one redirect too many or no longer https"));
        }
        String encoding = response.headers().firstValue("Content-Encoding").orElse("");
        if (!ENCODINGS.contains(encoding.toLowerCase(Locale.ROOT))) {
            throw new IOException("it is encoded as '" + encoding + "', though gzip was asked for");
        }
        return Optional.of(Validators.of(response.headers()));
    }
}
