package org.sentrydns.server.listen;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sentrydns.api.Transport;
import org.sentrydns.server.rule.Asker;
import org.sentrydns.server.stats.Statistics;
import org.sentrydns.server.wire.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection (RFC 7766). Its own virtual thread reads; each query has another, and replies leave as they are
 * ready, in whatever order. The reader does not end before its queries have.
 */
final class TcpConnection {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.net");
    static final Duration IDLE = Duration.ofSeconds(10);
    static final Duration STUCK = Duration.ofSeconds(5);
    private static final int PIPELINED = 32;
    private static final long NEVER = Long.MAX_VALUE;

    private final Socket socket;
    private final MessageHandler handler;
    private final Admission admission;
    private final Statistics statistics;
    private final Runnable tooMuch;
    private final Duration idle;
    private final Duration stuck;
    private final ReentrantLock writing = new ReentrantLock();
    private final Semaphore pipeline = new Semaphore(PIPELINED);
    private final AtomicInteger unsent = new AtomicInteger();
    private final AtomicBoolean givenUp = new AtomicBoolean();
    private final AtomicLong readingSince = new AtomicLong(NEVER);
    private final AtomicLong writingSince = new AtomicLong(NEVER);

    /**
     * Takes a connection over.
     *
     * @param tooMuch is run when more replies than there may be, of all connections, wait for their clients
     * @param idle how long it may have nothing to do
     * @param stuck how long a message may take to come or to leave
     */
    TcpConnection(
            Socket socket,
            MessageHandler handler,
            Admission admission,
            Statistics statistics,
            Runnable tooMuch,
            Duration idle,
            Duration stuck) {
        this.socket = socket;
        this.handler = handler;
        this.admission = admission;
        this.statistics = statistics;
        this.tooMuch = tooMuch;
        this.idle = idle;
        this.stuck = stuck;
    }

    void serve() {
        try (socket) {
            serveAll();
        } catch (EOFException e) {
            LOG.trace("{} has no more queries", socket);
        } catch (IOException e) {
            LOG.debug("{}: {}", socket, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serveAll() throws IOException, InterruptedException {
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) idle.toMillis());
            Asker asker = new Asker(
                    (InetSocketAddress) socket.getRemoteSocketAddress(),
                    (InetSocketAddress) socket.getLocalSocketAddress(),
                    Transport.TCP);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            boolean more = true;
            while (more) {
                byte[] message = read(in);
                readingSince.set(NEVER);
                more = admit(message, asker);
            }
        } finally {
            pipeline.acquireUninterruptibly(PIPELINED);
        }
    }

    /** Waits while too much is in flight: a client that pipelines more is not read until then. */
    private boolean admit(byte[] message, Asker asker) throws InterruptedException {
        statistics.received(message.length);
        boolean started = false;
        boolean entered = false;
        pipeline.acquire();
        try {
            entered = admission.enter();
            if (entered) {
                Thread.startVirtualThread(new TcpQuery(message, asker, this::answer));
                started = true;
            }
            return entered;
        } finally {
            if (!started) {
                pipeline.release();
                admission.leaveRoom(message.length);
                if (entered) {
                    admission.leave();
                }
            }
        }
    }

    private void answer(TcpQuery query) {
        int bytes = 0;
        try {
            byte[] reply = handle(query);
            if (reply != null) {
                bytes = reply.length;
                write(reply);
                statistics.sent(reply.length);
            }
        } catch (IOException e) {
            LOG.debug("the reply to {} could not be sent: {}", query.asker().client(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("a query from {} failed", query.asker().client(), e);
        } finally {
            admission.sent(settle(bytes));
            pipeline.release();
        }
    }

    /** A client that does not read its replies keeps no permit. */
    private byte @Nullable [] handle(TcpQuery query) {
        byte[] reply = null;
        try {
            reply = handler.handle(query.take(), query.asker());
        } finally {
            admission.leaveRoom(query.length());
            int bytes = reply == null ? 0 : reply.length;
            unsent.addAndGet(bytes);
            if (admission.leaveToSend(bytes)) {
                tooMuch.run();
            }
        }
        return reply;
    }

    /** Bytes of replies that the client has not read. */
    int unsent() {
        return unsent.get();
    }

    /** No more than is counted: {@link #giveUp} may have settled it. */
    private int settle(int bytes) {
        int before = unsent.getAndUpdate(counted -> Math.max(0, counted - bytes));
        return Math.min(before, bytes);
    }

    /**
     * Closes it; what its client has not read counts no longer.
     *
     * @return whether it was not given up before
     */
    boolean giveUp() {
        boolean first = givenUp.compareAndSet(false, true);
        if (first) {
            LOG.debug("{} does not read its replies and is closed", socket);
            close();
        }
        admission.writeOff(unsent.getAndSet(0));
        return first;
    }

    private byte[] read(InputStream in) throws IOException, InterruptedException {
        int high = firstByte(in);
        readingSince.set(System.nanoTime());
        int low = in.read();
        if (low < 0) {
            throw new EOFException();
        }
        int length = high << 8 | low;
        readingSince.set(NEVER);
        admission.awaitRoom(length);
        readingSince.set(System.nanoTime());
        boolean whole = false;
        try {
            byte[] message = in.readNBytes(length);
            whole = message.length == length;
            if (!whole) {
                throw new EOFException();
            }
            return message;
        } finally {
            if (!whole) {
                admission.leaveRoom(length);
            }
        }
    }

    /** A client that waits for a reply is not idle. */
    private int firstByte(InputStream in) throws IOException {
        while (true) {
            try {
                int first = in.read();
                if (first < 0) {
                    throw new EOFException();
                }
                return first;
            } catch (SocketTimeoutException e) {
                if (pipeline.availablePermits() == PIPELINED) {
                    throw e;
                }
            }
        }
    }

    /** Length and message leave in one write (RFC 7766 section 8). */
    private void write(byte[] reply) throws IOException {
        writing.lock();
        try {
            byte[] frame = new byte[2 + reply.length];
            Header.put16(frame, 0, reply.length);
            System.arraycopy(reply, 0, frame, 2, reply.length);
            writingSince.set(System.nanoTime());
            socket.getOutputStream().write(frame);
            writingSince.set(NEVER);
        } finally {
            writing.unlock();
        }
    }

    InetAddress client() {
        return socket.getInetAddress();
    }

    void closeIfStuck() {
        long now = System.nanoTime();
        if (isStuck(readingSince.get(), now) || isStuck(writingSince.get(), now)) {
            LOG.debug("{} does not get on and is closed", socket);
            close();
        }
    }

    private boolean isStuck(long since, long now) {
        return since != NEVER && now - since > stuck.toNanos();
    }

    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("{}: {}", socket, e.getMessage());
        }
    }
}
