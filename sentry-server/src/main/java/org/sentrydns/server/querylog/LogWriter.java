package org.sentrydns.server.querylog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;
import org.sentrydns.server.observe.Courier;
import org.sentrydns.server.observe.QueryEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes events as lines, many at once. Confined to the courier's thread, but for the counter. */
final class LogWriter implements Courier.Receiver<QueryEvent> {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.core");

    /** Bytes that wait to be written, about. */
    private static final int MOST = 1 << 16;

    private final LogTarget target;
    private final JsonLine form;
    private final LongAdder failed = new LongAdder();
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream(MOST);
    private int lines;
    private boolean broken;

    LogWriter(LogTarget target, JsonLine form) {
        this.target = target;
        this.form = form;
    }

    long failed() {
        return failed.sum();
    }

    @Override
    public void take(QueryEvent event) {
        add(form.of(event));
    }

    void add(byte[] line) {
        if (target.isFull(waiting.size(), line.length)) {
            write();
            attempt(target::renew);
        }
        waiting.writeBytes(line);
        lines++;
        if (waiting.size() >= MOST) {
            write();
        }
    }

    @Override
    public void idle() {
        write();
    }

    private void write() {
        if (lines == 0) {
            return;
        }
        if (attempt(() -> target.write(waiting.toByteArray()))) {
            works();
        } else {
            failed.add(lines);
        }
        waiting.reset();
        lines = 0;
    }

    @Override
    public void end() {
        write();
        attempt(target::close);
    }

    private interface Step {
        void run() throws IOException;
    }

    /** Complains once, not for each query. */
    private boolean attempt(Step step) {
        try {
            step.run();
            return true;
        } catch (IOException e) {
            if (!broken) {
                broken = true;
                LOG.error("the query log cannot be written: {}", e.toString());
            }
            return false;
        }
    }

    private void works() {
        if (broken) {
            broken = false;
            LOG.warn("the query log works again; {} queries were not written", failed());
        }
    }

    /** @param late how many came faster than they could be written */
    void report(long late) {
        if (late > 0) {
            LOG.warn("{} queries are missing in the query log: they came faster than it could be written", late);
        }
        if (failed() > 0) {
            LOG.warn("{} queries are missing in the query log: it could not be written", failed());
        }
    }
}
