package org.sentrydns.server.loop;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A UDP socket that a loop reads and sends by. Thread-safe. Many datagrams are taken and sent with one system call where the
 * system has that ({@link SystemCalls}). The channel never blocks, so the interrupt of a query's thread cannot close it.
 */
public final class DatagramPort implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.net");
    /** Then the queries that came have their turn. */
    private static final int AT_ONCE = 64;
    /** Where queries are rarer, there is seldom a second one to read, and looking for it costs a system call. */
    private static final long BUSY_NANOS = 30_000;

    private static final int UNKNOWN = -2;
    private static final long FULL_BUFFER_NANOS = 100_000;
    private static final int MAX_ATTEMPTS = 100;

    private final DatagramChannel channel;
    private final InetSocketAddress local;
    /** For a connected socket. */
    private final @Nullable InetSocketAddress peer;

    private final QueryLoop loop;
    private final Receiver receiver;
    private final BooleanSupplier manyAtOnce;
    private int descriptor = UNKNOWN;
    private long lastRead;

    /** Is given what comes, by the loop's thread. */
    @FunctionalInterface
    public interface Receiver {
        /**
         * Takes a datagram, without waiting.
         *
         * @param message exactly the message, the receiver's own
         */
        void received(DatagramPort port, byte[] message, InetSocketAddress from);

        /** Hears that nothing can be received, or that one that was sent did not arrive (ICMP): the socket itself lives on. */
        default void failed(DatagramPort port, IOException cause) {
            LOG.debug("receiving on {}: {}", port.local(), cause.getMessage());
        }
    }

    /** Hears what became of a message that was to be sent with others; called by the loop's thread, so it must not wait. */
    public interface Delivery {
        /** The kernel has it. */
        void sent();

        /** The kernel did not take it; {@link #sendNow} may have more success. */
        void refused(IOException cause);
    }

    /**
     * A port that nobody reads yet.
     *
     * @param channel bound or connected, and non-blocking; this port closes it
     * @throws IOException if the channel is closed
     */
    public DatagramPort(DatagramChannel channel, QueryLoop loop, Receiver receiver) throws IOException {
        this(channel, loop, receiver, SystemCalls::areLinked);
    }

    /** @param manyAtOnce whether the system calls for many datagrams can be used by now */
    DatagramPort(DatagramChannel channel, QueryLoop loop, Receiver receiver, BooleanSupplier manyAtOnce)
            throws IOException {
        this.channel = channel;
        this.local = (InetSocketAddress) channel.getLocalAddress();
        this.peer = (InetSocketAddress) channel.getRemoteAddress();
        this.loop = loop;
        this.receiver = receiver;
        this.manyAtOnce = manyAtOnce;
    }

    /**
     * A channel that does not block, of the address's family: one for both costs the kernel more.
     *
     * @param address what it will be bound or connected to
     */
    public static DatagramChannel openChannel(InetAddress address) throws IOException {
        DatagramChannel channel = DatagramChannel.open(
                address instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
        try {
            channel.configureBlocking(false);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Lets the loop read it. */
    public void start() throws IOException {
        loop.register(channel, this::receive);
    }

    /** The address and port that it is bound to. */
    public InetSocketAddress local() {
        return local;
    }

    /** Starts a virtual thread that the loop carries. */
    public void run(Runnable task) {
        loop.start(task);
    }

    /** Whether nobody has closed it. */
    public boolean isOpen() {
        return channel.isOpen();
    }

    boolean isConnected() {
        return peer != null;
    }

    boolean isIpv6() {
        return local.getAddress() instanceof Inet6Address;
    }

    /** Found when it is needed first, by whichever thread: all find the same. */
    int descriptor() {
        if (descriptor == UNKNOWN) {
            descriptor = SystemCalls.descriptor(channel);
        }
        return descriptor;
    }

    private boolean takesMany() {
        return manyAtOnce.getAsBoolean() && descriptor() >= 0;
    }

    private void receive(ByteBuffer buffer) {
        if (takesMany()) {
            receiveMany(buffer);
        } else {
            long now = System.nanoTime();
            int most = now - lastRead < BUSY_NANOS ? AT_ONCE : 1;
            lastRead = now;
            receiveEach(buffer, most);
        }
    }

    private void receiveMany(ByteBuffer buffer) {
        MessageVector inbox = loop.inbox();
        int count = inbox.receive(descriptor());
        for (int i = 0; i < count; i++) {
            InetSocketAddress from = peer != null ? peer : inbox.from(i);
            if (inbox.isWhole(i)) {
                receiver.received(this, inbox.bytes(i), from);
            } else {
                LOG.debug("two very long messages came at once, the one from {} is lost", from);
            }
        }
        if (count == -SystemCalls.EPERM || count == -SystemCalls.ENOSYS) {
            receiveEach(buffer, 1);
        } else if (count < 0 && count != -SystemCalls.EAGAIN) {
            receiver.failed(this, SystemCalls.exception(-count));
        }
    }

    private void receiveEach(ByteBuffer buffer, int most) {
        for (int i = 0; i < most; i++) {
            try {
                if (!(channel.receive(buffer.clear()) instanceof InetSocketAddress from)) {
                    return;
                }
                byte[] message = new byte[buffer.flip().remaining()];
                buffer.get(message);
                receiver.received(this, message, from);
            } catch (ClosedChannelException e) {
                LOG.debug("no longer listening on {}", local);
                return;
            } catch (IOException e) {
                receiver.failed(this, e);
            }
        }
    }

    /**
     * Sends a message together with others, as soon as the queries that are there now have had their turn.
     *
     * @return false if it must be sent on its own, and then the delivery hears nothing
     */
    public boolean sendSoon(byte[] message, InetSocketAddress to, Delivery delivery) {
        return takesMany() && loop.sendSoon(this, message, to, delivery);
    }

    /**
     * Sends a message. Where the kernel has no room, this thread waits, and no other.
     *
     * @throws IOException if the kernel does not take it, or has no room for a long time
     */
    public void sendNow(byte[] message, InetSocketAddress to) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(message);
        for (int attempt = 0; channel.send(bytes, to) == 0; attempt++) {
            if (attempt == MAX_ATTEMPTS) {
                throw new IOException("the kernel has no room for it");
            }
            LockSupport.parkNanos(FULL_BUFFER_NANOS);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        loop.letGo();
    }
}
