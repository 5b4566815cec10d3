package org.sentrydns.server.loop;

import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Messages that wait for the end of the loop's turn, to be sent together. Thread-safe: a query's thread that was left behind
 * by its loop adds too, and so may those of other loops.
 *
 * <p>Whoever adds never waits for the lock. A virtual thread that waited would be next to hold it, and be carried by the very
 * thread that waits behind it to flush.
 */
final class Outbox {
    private final DatagramPort[] ports = new DatagramPort[MessageVector.MOST];
    /** Null for a message that is done with. */
    private final DatagramPort.@Nullable Delivery[] deliveries = new DatagramPort.Delivery[MessageVector.MOST];
    /** Which messages stand in the row that goes out. */
    private final int[] order = new int[MessageVector.MOST];

    private final Lock lock = new ReentrantLock();
    private @Nullable MessageVector messages;
    private boolean closed;
    private volatile int count;

    boolean isEmpty() {
        return count == 0;
    }

    boolean isFull() {
        return count == MessageVector.MOST;
    }

    /** Whether it will be sent with the others; not if there is no room, or somebody else is here. */
    boolean add(DatagramPort port, byte[] message, InetSocketAddress to, DatagramPort.Delivery delivery) {
        if (!lock.tryLock()) {
            return false;
        }
        try {
            if (closed || isFull() || message.length > MessageVector.LARGEST) {
                return false;
            }
            if (messages == null) {
                messages = new MessageVector();
            }
            int free = count;
            if (port.isConnected()) {
                messages.put(free, message);
            } else {
                messages.put(free, message, to, port.isIpv6());
            }
            ports[free] = port;
            deliveries[free] = delivery;
            count = free + 1;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Sends them. Only the loop may: between two selections no descriptor is closed, and so none is another's. */
    void flush() {
        lock.lock();
        try {
            MessageVector vector = messages;
            for (int first = 0; vector != null && first < count; first++) {
                if (deliveries[first] != null) {
                    send(vector, first);
                }
            }
            forget();
        } finally {
            lock.unlock();
        }
    }

    /** Is done with a message and with those behind it that go by the same port; with some of these perhaps not. */
    private void send(MessageVector vector, int first) {
        DatagramPort port = ports[first];
        if (!port.isOpen()) {
            take(first).refused(new ClosedChannelException());
            return;
        }
        int row = 0;
        for (int i = first; i < count; i++) {
            if (ports[i] == port && deliveries[i] != null) {
                order[row] = i;
                vector.gather(row++, i);
            }
        }
        int sent = vector.sendGathered(port.descriptor(), row);
        for (int i = 0; i < sent; i++) {
            take(order[i]).sent();
        }
        if (sent <= 0) {
            take(first).refused(SystemCalls.exception(-sent));
        }
    }

    /** Who is to hear of a message, which is done with. */
    private DatagramPort.Delivery take(int i) {
        DatagramPort.Delivery delivery = Objects.requireNonNull(deliveries[i]);
        deliveries[i] = null;
        return delivery;
    }

    private void forget() {
        Arrays.fill(deliveries, 0, count, null);
        count = 0;
    }

    /** After this no descriptor is used any more. */
    void close() {
        lock.lock();
        try {
            for (int i = 0; i < count; i++) {
                take(i).refused(new ClosedChannelException());
            }
            forget();
            closed = true;
        } finally {
            lock.unlock();
        }
    }
}
