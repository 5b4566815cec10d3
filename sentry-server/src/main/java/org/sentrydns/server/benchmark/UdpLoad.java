package org.sentrydns.server.benchmark;

import java.io.IOException;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.benchmark.QueryFeed.Ticket;
import org.sentrydns.server.benchmark.UdpPort.Flight;

/**
 * Queries over a few connected sockets, sent and received by the one thread that calls run(). Confined to one thread.
 *
 * <p>Several sockets, because a server that spreads its clients over threads does so by their ports.
 */
final class UdpLoad implements Load {

    private static final int PORTS = 8;
    /** Sends at a stretch: replies that wait meanwhile seem later than they were. */
    private static final int BURST = 16;

    private static final int DRAIN = 64;
    private static final long NOTHING_TO_SEND = Long.MAX_VALUE;
    private static final long MILLISECOND = 1_000_000;

    private final Run run;
    private final List<UdpPort> ports = new ArrayList<>();
    /** In the order of sending, and so of timing out; answered ones stay until they reach the head. */
    private final ArrayDeque<Flight> flights = new ArrayDeque<>();

    private final ByteBuffer out = ByteBuffer.allocateDirect(512);
    private final ByteBuffer in = ByteBuffer.allocateDirect(65536);
    private @Nullable Ticket pending;
    private int outstanding;
    private int turn;

    UdpLoad(Run run) {
        this.run = run;
    }

    @Override
    public void run() throws IOException, InterruptedException {
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < Math.min(PORTS, run.plan().concurrency()); i++) {
                ports.add(UdpPort.open(run.plan(), run.wire(), selector));
            }
            loop(selector);
        } finally {
            for (UdpPort port : ports) {
                port.close();
            }
        }
    }

    private void loop(Selector selector) throws IOException, InterruptedException {
        pending = run.feed().take();
        long lastProgress = 0;
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException("benchmark interrupted");
            }
            long now = run.elapsed();
            // First, since what is lost makes room for the next.
            expire(now);
            long wait = fill();
            if (pending == null && outstanding == 0) {
                return;
            }
            if (now - lastProgress >= Run.PROGRESS_NANOS) {
                lastProgress = now;
                run.progress();
            }
            receive(selector, Math.min(wait, untilTimeout(run.elapsed())));
        }
    }

    /** Sends what is due and says in how many nanoseconds there is more to send. */
    private long fill() throws IOException {
        for (int i = 0; i < BURST; i++) {
            long now = run.elapsed();
            if (run.feed().over(now)) {
                pending = null;
            }
            Ticket next = pending;
            if (next == null || outstanding == run.plan().concurrency()) {
                return NOTHING_TO_SEND;
            }
            if (next.due() > now) {
                return next.due() - now;
            }
            if (!send(next, now)) {
                return MILLISECOND;
            }
            pending = run.feed().take();
        }
        return 0;
    }

    private boolean send(Ticket ticket, long now) throws IOException {
        UdpPort port = ports.get(turn++ % ports.size());
        try {
            Flight flight = port.send(ticket.name(), now, out);
            if (flight == null) {
                return false;
            }
            flights.add(flight);
            outstanding++;
            run.tally().sent(now);
            return true;
        } catch (PortUnreachableException e) {
            refused(port, e);
            return false;
        }
    }

    private void receive(Selector selector, long waitNanos) throws IOException {
        if (waitNanos <= 0) {
            selector.selectNow();
        } else {
            selector.select(Math.ceilDiv(Math.min(waitNanos, Run.PROGRESS_NANOS), MILLISECOND));
        }
        for (SelectionKey key : selector.selectedKeys()) {
            drain((UdpPort) key.attachment());
        }
        selector.selectedKeys().clear();
    }

    private void drain(UdpPort port) throws IOException {
        try {
            for (int i = 0; i < DRAIN && port.receive(in); i++) {
                Flight flight = port.match(in);
                if (flight != null) {
                    long now = run.elapsed();
                    run.tally().answered(in, now - flight.sentAt, now);
                    finish(flight);
                }
            }
        } catch (PortUnreachableException e) {
            refused(port, e);
        }
    }

    /** The kernel says only that nobody listens, not which query it means: it holds for all from this socket. */
    private void refused(UdpPort port, PortUnreachableException cause) {
        IOException error = new IOException(
                "port unreachable: nobody listens at " + run.plan().target(), cause);
        for (Flight flight : flights) {
            if (flight.port == port && !flight.done) {
                run.tally().error(error);
                finish(flight);
            }
        }
    }

    private void expire(long now) {
        Flight head = flights.peek();
        while (head != null && (head.done || timedOut(head, now))) {
            flights.remove();
            if (!head.done) {
                run.tally().lost();
                finish(head);
            }
            head = flights.peek();
        }
    }

    private boolean timedOut(Flight flight, long now) {
        return now - flight.sentAt >= run.plan().timeout().toNanos();
    }

    private long untilTimeout(long now) {
        Flight head = flights.peek();
        return head == null
                ? Run.PROGRESS_NANOS
                : head.sentAt + run.plan().timeout().toNanos() - now;
    }

    private void finish(Flight flight) {
        flight.done = true;
        flight.port.forget(flight);
        outstanding--;
    }
}
