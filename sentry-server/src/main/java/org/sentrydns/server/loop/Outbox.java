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
    private final DatagramPort.@Nullable Delivery[] deliveries = new DatagramPort.Delivery[MessageVector.MOST];
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
            for (int first = 0; vector != null && first < count; ) {
                int next = first + 1;
                while (next < count && ports[next] == ports[first]) {
                    next++;
                }
                first = send(vector, first, next);
            }
            forget();
        } finally {
            lock.unlock();
        }
    }

    /** Sends one or more for the same port, and tells which; the first one that was not done with. */
    private int send(MessageVector vector, int first, int next) {
        DatagramPort port = ports[first];
        if (!port.isOpen()) {
            delivery(first).refused(new ClosedChannelException());
            return first + 1;
        }
        int sent = vector.send(port.descriptor(), first, next - first);
        for (int i = first; i < first + sent; i++) {
            delivery(i).sent();
        }
        if (sent > 0) {
            return first + sent;
        }
        delivery(first).refused(SystemCalls.exception(-sent));
        return first + 1;
    }

    private DatagramPort.Delivery delivery(int i) {
        return Objects.requireNonNull(deliveries[i]);
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
                delivery(i).refused(new ClosedChannelException());
            }
            forget();
            closed = true;
        } finally {
            lock.unlock();
        }
    }
}
