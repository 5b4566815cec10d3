package org.sentrydns.server.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One loop: a platform thread that reads channels and, in turn, runs the virtual threads that were started here until each
 * ends or waits. Thread-safe.
 *
 * <p>A virtual thread that neither ends nor waits, since it computes without end or holds its carrier while it waits, would
 * stop the loop. {@link #relieve} then lets another platform thread go on; the held one leaves when it is free. So it does
 * when the loop's own thread waits for what one of its virtual threads is to get next, a monitor for example.
 */
public final class QueryLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.core");
    private static final long FREE = 0;
    private static final long SHORT_NANOS = 50_000;
    private static final int MAX_MESSAGE = 65_535;

    private final String name;
    private final Selector selector;
    private final Alarm alarm;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_MESSAGE);
    private final Outbox outbox = new Outbox();
    private final VirtualThreads virtual = new VirtualThreads(new Carrier());
    private @Nullable MessageVector inbox;
    private volatile @Nullable Thread carrier;
    /** Threads at the selector: two for a moment, when one was relieved just as its task ended. */
    private final AtomicInteger waiting = new AtomicInteger();

    /** The thread that reads: what it adds itself it finds before it waits. Others may see any value, none is theirs. */
    private @Nullable Thread reader;

    /** The number of the task that runs, each has its own; {@link #FREE} between tasks. */
    private final AtomicLong running = new AtomicLong(FREE);

    /** The number of the latest task. Only the carrier counts; the next carrier starts behind what {@link #running} says. */
    private long started = FREE;

    /** Counts the carriers' turns. */
    private final AtomicLong turns = new AtomicLong();

    /** The task that ran when {@link #relieve} looked the last time. */
    private long lastSeen = FREE;

    /** The turn in which tasks waited when it looked the last time, or {@link #FREE}. */
    private long lastTurn = FREE;

    /** Takes on the virtual threads of this loop. */
    private final class Carrier implements Executor {
        @Override
        public void execute(Runnable task) {
            tasks.add(task);
            queued.incrementAndGet();
            wakeIfWaiting();
        }

        QueryLoop loop() {
            return QueryLoop.this;
        }
    }

    /** Hears that a channel has something to read. */
    @FunctionalInterface
    public interface Reading {
        /**
         * Reads what is there, without waiting.
         *
         * @param buffer large enough for any message; it may be used until this returns
         */
        void ready(ByteBuffer buffer) throws IOException;
    }

    /** @throws IOException if the system gives no selector */
    QueryLoop(String name) throws IOException {
        this.name = name;
        this.selector = Selector.open();
        this.alarm = new Alarm(selector);
        takeTurns();
    }

    /** Lets a new thread carry on; the one before leaves as soon as it sees that. */
    void takeTurns() {
        Thread fresh = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
        carrier = fresh;
        LastResort.start(fresh);
    }

    /** Reads a non-blocking channel from now on, until it is closed. */
    public void register(SelectableChannel channel, Reading reading) throws IOException {
        channel.register(selector, SelectionKey.OP_READ, reading);
        wake();
    }

    /** Frees the channels that were closed: their sockets stay bound until the selector looks the next time. */
    public void letGo() {
        wake();
    }

    private void wake() {
        try {
            alarm.ring();
        } catch (ClosedChannelException e) {
            LOG.debug("{} has ended and cannot be woken", name);
        } catch (IOException e) {
            LOG.error("{} cannot be woken", name, e);
        }
    }

    /** The loop that carries the virtual thread that calls this; null if none does, or it cannot be told. */
    public static @Nullable QueryLoop current() {
        return VirtualThreads.currentExecutor() instanceof Carrier carrier ? carrier.loop() : null;
    }

    /** Starts a virtual thread that this loop carries. */
    public void start(Runnable task) {
        virtual.start(task);
    }

    private void wakeIfWaiting() {
        if (waiting.get() > 0 && reader != Thread.currentThread()) {
            wake();
        }
    }

    /** Only where the queries' threads run here: others would have to wake this loop for each message. */
    boolean sendSoon(DatagramPort port, byte[] message, InetSocketAddress to, DatagramPort.Delivery delivery) {
        boolean added = virtual.areCarried() && outbox.add(port, message, to, delivery);
        if (added) {
            wakeIfWaiting();
        }
        return added;
    }

    /** Memory to receive into, for this loop's thread only. */
    MessageVector inbox() {
        MessageVector vector = inbox;
        if (vector == null) {
            vector = new MessageVector();
            inbox = vector;
        }
        return vector;
    }

    private void run() {
        Thread me = Thread.currentThread();
        try {
            while (selector.isOpen() && carrier == me) {
                runTasks(me);
                if (carrier == me) {
                    select();
                }
            }
            // What woke this thread may have been meant for its successor, which waits for the same selector.
            wake();
        } catch (ClosedSelectorException e) {
            LOG.debug("{} has ended", name);
        } catch (IOException e) {
            // Half a server would lose its share of the queries for good.
            LastResort.end(name + " can read nothing any more", e);
        } catch (RuntimeException | Error e) {
            // Its sockets go on getting their share of the queries.
            if (carrier == me) {
                running.setRelease(FREE);
                takeTurns();
            }
            LOG.error("{} met a mistake, another thread carries on", name, e);
        }
    }

    /**
     * Those that are there now, and those that come meanwhile for a short time: one that yields again and again keeps
     * channels from being looked at no longer.
     */
    private void runTasks(Thread me) {
        turns.incrementAndGet();
        long end = System.nanoTime() + SHORT_NANOS;
        for (int left = queued.get(); left > 0 || System.nanoTime() - end < 0; left--) {
            Runnable task = tasks.poll();
            if (task == null) {
                break;
            }
            queued.decrementAndGet();
            running.setRelease(++started);
            task.run();
            if (carrier != me) {
                return;
            }
            if (outbox.isFull()) {
                running.setRelease(FREE); // no task holds this thread now, and another one must not select meanwhile
                flush();
            }
        }
        running.setRelease(FREE);
        flush();
    }

    /** Not beside a thread at the selector, which may close descriptors: messages wait for it, or go on their own. */
    private void flush() {
        if (!outbox.isEmpty() && waiting.get() == 0) {
            outbox.flush();
        }
    }

    private void select() throws IOException {
        waiting.incrementAndGet();
        try {
            // What came before the line above has not woken the selector.
            if (tasks.isEmpty() && outbox.isEmpty()) {
                selector.select(this::read);
            } else {
                selector.selectNow(this::read);
            }
        } finally {
            waiting.decrementAndGet();
        }
    }

    private void read(SelectionKey key) {
        reader = Thread.currentThread();
        try {
            ((Reading) key.attachment()).ready(buffer);
        } catch (IOException e) {
            LOG.debug("reading: {}", e.toString());
        } catch (RuntimeException | Error e) {
            LOG.error("a channel could not be read", e);
        } finally {
            reader = null;
        }
    }

    /**
     * Lets another thread carry on if the task that runs did so at the last call already, or if tasks have waited since
     * then for a thread that does not come back from the selector. To be called by one thread.
     */
    void relieve() {
        long now = running.get();
        if (now != FREE && now == lastSeen && selector.isOpen() && running.compareAndSet(now, FREE)) {
            takeTurns();
        }
        lastSeen = now;
        long turn = now == FREE && waiting.get() > 0 && queued.get() > 0 ? turns.get() : FREE;
        if (turn != FREE && turn == lastTurn && selector.isOpen()) {
            LOG.debug("{} waits for its own tasks, another thread carries on", name);
            takeTurns();
            wake();
        }
        lastTurn = turn;
    }

    @Override
    public void close() {
        outbox.close();
        try {
            selector.close();
            alarm.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
