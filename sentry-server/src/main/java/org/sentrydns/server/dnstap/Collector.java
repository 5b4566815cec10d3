package org.sentrydns.server.dnstap;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.config.DnstapSettings;
import org.sentrydns.server.observe.Courier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends to a collector, and connects again when it is lost. Confined to the courier's thread, but for the counter. */
final class Collector implements Courier.Receiver<Tapped> {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.net");
    private static final long FIRST_WAIT = 500_000_000L;
    private static final long LAST_WAIT = 30_000_000_000L;
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** So few that they fit into the stream's buffer, so that what a broken connection takes along is known. */
    private static final int MOST_WAITING = 64;

    private final DnstapSettings settings;
    private final String version;
    private final LongSupplier nanoTime;
    private final LongAdder lost = new LongAdder();
    private @Nullable FrameStream stream;
    private long wait = FIRST_WAIT;
    private long nextAttempt;
    private int waiting;
    private boolean complained;

    Collector(DnstapSettings settings, String version, LongSupplier nanoTime) {
        this.settings = settings;
        this.version = version;
        this.nanoTime = nanoTime;
        this.nextAttempt = nanoTime.getAsLong();
    }

    long lost() {
        return lost.sum();
    }

    @Override
    public void take(Tapped tapped) {
        FrameStream open = connected();
        if (open == null) {
            lost.increment();
            return;
        }
        waiting++;
        try {
            open.send(tapped.queryFrame(settings.identity(), version));
            byte[] reply = tapped.reply();
            if (reply != null) {
                open.send(tapped.replyFrame(settings.identity(), version, reply));
            }
            if (waiting >= MOST_WAITING) {
                flush(open);
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    @Override
    public void idle() {
        FrameStream open = connected();
        if (open != null) {
            try {
                flush(open);
            } catch (IOException e) {
                fail(e);
            }
        }
    }

    /** Looks first, since what is written to a connection that the other side has closed is lost without a word. */
    private void flush(FrameStream open) throws IOException {
        if (open.isOver()) {
            throw new EOFException("it has closed the connection");
        }
        open.flush();
        waiting = 0;
    }

    private @Nullable FrameStream connected() {
        if (stream == null && nanoTime.getAsLong() - nextAttempt >= 0) {
            try {
                stream = FrameStream.connect(settings.collector(), PATIENCE);
                LOG.info("dnstap goes to {}", settings.collector());
                wait = FIRST_WAIT;
                complained = false;
            } catch (IOException e) {
                fail(e);
            }
        }
        return stream;
    }

    /** Says so once, until it works again. */
    private void fail(IOException e) {
        FrameStream open = stream;
        stream = null;
        lost.add(waiting);
        waiting = 0;
        if (open != null) {
            drop(open);
        }
        nextAttempt = nanoTime.getAsLong() + wait;
        wait = Math.min(LAST_WAIT, 2 * wait);
        if (!complained) {
            complained = true;
            LOG.warn("dnstap does not reach {}, which is tried again: {}", settings.collector(), e.toString());
        }
    }

    @Override
    public void end() {
        if (stream != null) {
            try {
                flush(stream);
                stream.close();
            } catch (IOException e) {
                lost.add(waiting);
                drop(stream);
                LOG.debug("dnstap did not end well: {}", e.toString());
            }
        }
    }

    private static void drop(FrameStream open) {
        try {
            open.drop();
        } catch (IOException e) {
            LOG.debug("the connection to dnstap did not end well: {}", e.toString());
        }
    }
}
