package org.sentrydns.server.admin;

import com.sun.net.httpserver.HttpExchange;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.observe.Observation;
import org.sentrydns.server.observe.QueryEvent;

/** Queries as they end, as server-sent events. Thread-safe. */
final class LiveApi implements AutoCloseable {
    private static final int READERS = 20;
    private static final int USUAL_PER_SECOND = 200;
    private static final int MOST_PER_SECOND = 100_000;
    private static final long STILL_HERE_MILLIS = 1000;

    private final Observation observation;
    private final Semaphore places = new Semaphore(READERS);
    private volatile boolean open = true;

    LiveApi(Observation observation) {
        this.observation = observation;
    }

    List<Route> routes() {
        return List.of(Route.show("/api/live", this::live, "name", "client", "type", "verb", "per_second"));
    }

    private void live(Call call) throws IOException {
        call.exchange().getResponseHeaders().set("Content-Type", "text/event-stream");
        LiveReader reader =
                new LiveReader(LiveFilter.of(call), call.number("per_second", 1, MOST_PER_SECOND, USUAL_PER_SECOND));
        if (call.exchange().getRequestMethod().equals("HEAD")) {
            call.exchange().sendResponseHeaders(200, -1);
            return;
        }
        if (!places.tryAcquire()) {
            call.problem(503, READERS + " read along already");
            return;
        }
        HttpExchange exchange = call.exchange();
        observation.add(reader);
        try {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = new BufferedOutputStream(exchange.getResponseBody(), 1 << 15)) {
                write(reader, out);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            observation.remove(reader);
            places.release();
        }
    }

    /** Until the reader goes away, which shows when it is written to. */
    private void write(LiveReader reader, OutputStream out) throws IOException, InterruptedException {
        write(out, ": queries as they end\n\n");
        out.flush();
        while (open) {
            @Nullable QueryEvent event = reader.next(STILL_HERE_MILLIS);
            write(out, event == null ? ": still here\n\n" : "data: " + Call.line(LiveReader.tree(event)) + "\n\n");
            if (!reader.hasMore()) {
                long lost = reader.lost();
                if (lost > 0) {
                    write(out, "event: lost\ndata: " + Call.line(Map.of("lost", lost)) + "\n\n");
                }
                out.flush();
            }
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        open = false;
    }
}
