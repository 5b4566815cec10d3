package org.sentrydns.server.observe;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToIntFunction;

/**
 * Carries things to a receiver that may be slow, on a thread of its own. Thread-safe. Who hands something over never waits:
 * what does not fit is lost, and counted.
 */
public final class Courier<E> implements AutoCloseable {
    private static final int CAPACITY = 10_000;
    /** Bytes. */
    private static final long MOST = 16L << 20;

    private static final int IDLE_MILLIS = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final BlockingQueue<E> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final LongAdder lost = new LongAdder();
    private final AtomicLong waiting = new AtomicLong();
    private final ToIntFunction<E> size;
    private final Receiver<E> receiver;
    private final Thread thread;
    private volatile boolean open = true;

    /** Takes what is carried. Confined to the courier's thread. */
    public interface Receiver<E> {

        /** Takes one thing; what it cannot take is its own to count. */
        void take(E thing) throws InterruptedException;

        /** Nothing more waits just now. */
        void idle() throws InterruptedException;

        /** Nothing will come any more. */
        void end();
    }

    /**
     * Starts the thread.
     *
     * @param name that of the thread
     * @param size how many bytes a thing takes, about; always the same for the same one
     */
    public Courier(String name, ToIntFunction<E> size, Receiver<E> receiver) {
        this.size = size;
        this.receiver = receiver;
        this.thread = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    /** Hands something over. */
    public void carry(E thing) {
        int bytes = size.applyAsInt(thing);
        if (waiting.addAndGet(bytes) > MOST || !queue.offer(thing)) {
            waiting.addAndGet(-bytes);
            lost.increment();
        }
    }

    /** How much did not fit. */
    public long lost() {
        return lost.sum();
    }

    private void run() {
        try {
            while (open || !queue.isEmpty()) {
                E thing = queue.poll();
                if (thing == null) {
                    receiver.idle();
                    thing = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
                }
                if (thing != null) {
                    waiting.addAndGet(-size.applyAsInt(thing));
                    receiver.take(thing);
                }
            }
        } catch (InterruptedException e) {
            // Closed while the receiver hung: what still waits is lost.
            lost.add(queue.size());
            Thread.currentThread().interrupt();
        } finally {
            receiver.end();
        }
    }

    /** Lets what waits arrive, for a moment. */
    @Override
    public void close() {
        open = false;
        try {
            if (!thread.join(PATIENCE)) {
                thread.interrupt();
                thread.join(PATIENCE);
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
