package org.sentrydns.server.dnstap;

import java.io.IOException;
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

    private final DnstapSettings settings;
    private final String version;
    private final LongSupplier nanoTime;
    private final LongAdder lost = new LongAdder();
    private @Nullable FrameStream stream;
    private long wait = FIRST_WAIT;
    private long nextAttempt;
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
        try {
            open.send(tapped.queryFrame(settings.identity(), version));
            byte[] reply = tapped.reply();
            if (reply != null) {
                open.send(tapped.replyFrame(settings.identity(), version, reply));
            }
        } catch (IOException e) {
            lost.increment();
            fail(e);
        }
    }

    @Override
    public void idle() {
        FrameStream open = connected();
        if (open != null) {
            try {
                open.flush();
            } catch (IOException e) {
                fail(e);
            }
        }
    }

    private @Nullable FrameStream connected() {
        if (stream == null && nanoTime.getAsLong() - nextAttempt >= 0) {
            try {
                stream = FrameStream.connect(settings.collector());
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
        if (open != null) {
            end(open);
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
            end(stream);
        }
    }

    private static void end(FrameStream open) {
        try {
            open.close();
        } catch (IOException e) {
            LOG.debug("dnstap did not end well: {}", e.toString());
        }
    }
}
