package org.sentrydns.server.querylog;

import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;
import org.sentrydns.server.observe.Courier;
import org.sentrydns.server.observe.QueryEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes events as lines. Confined to the courier's thread, but for the counter. */
final class LogWriter implements Courier.Receiver<QueryEvent> {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.core");

    private final LogTarget target;
    private final JsonLine form;
    private final LongAdder failed = new LongAdder();
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
        try {
            target.write(form.of(event));
            works();
        } catch (IOException e) {
            failed.increment();
            complain(e);
        }
    }

    @Override
    public void idle() {
        try {
            target.flush();
        } catch (IOException e) {
            complain(e);
        }
    }

    @Override
    public void end() {
        try {
            target.close();
        } catch (IOException e) {
            complain(e);
        }
    }

    private void works() {
        if (broken) {
            broken = false;
            LOG.warn("the query log works again; {} queries were not written", failed());
        }
    }

    /** Once, not for each query. */
    private void complain(IOException e) {
        if (!broken) {
            broken = true;
            LOG.error("the query log cannot be written: {}", e.toString());
        }
    }

    void report(long lost) {
        if (lost > 0) {
            LOG.warn("{} queries are missing in the query log: they came faster than it could be written", lost);
        }
    }
}
