package org.sentrydns.server.querylog;

import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.sentrydns.server.config.QueryLogSettings;
import org.sentrydns.server.observe.Courier;
import org.sentrydns.server.observe.QueryEvent;
import org.sentrydns.server.observe.QueryListener;

/** Writes queries down. Thread-safe. */
public final class QueryLog implements QueryListener, AutoCloseable {
    private final double sample;
    private final DoubleSupplier random;
    private final LogWriter writer;
    private final Courier<QueryEvent> courier;

    QueryLog(QueryLogSettings settings, Clock clock, DoubleSupplier random) throws IOException {
        this.sample = settings.sample();
        this.random = random;
        LogTarget target = settings.file().isPresent()
                ? new RotatedFile(
                        settings.file().get(), settings.rotateBytes(), settings.rotateAge(), settings.keep(), clock)
                : new StandardOutput();
        this.writer = new LogWriter(target, new JsonLine(settings.shortenClients()));
        this.courier = new Courier<>("sentry-query-log", QueryEvent::size, writer);
    }

    /**
     * Opens it.
     *
     * @throws IOException if the file cannot be written; the message says so
     */
    public static QueryLog open(QueryLogSettings settings, Clock clock) throws IOException {
        return new QueryLog(settings, clock, () -> ThreadLocalRandom.current().nextDouble());
    }

    @Override
    public void seen(QueryEvent event) {
        if (sample >= 1 || random.getAsDouble() < sample) {
            courier.carry(event);
        }
    }

    /** How many queries should have been written and were not. */
    public long lost() {
        return courier.lost() + writer.failed();
    }

    @Override
    public void close() {
        courier.close();
        writer.report(courier.lost());
    }
}
