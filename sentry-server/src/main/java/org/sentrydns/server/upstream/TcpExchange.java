package org.sentrydns.server.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.UpstreamQuery;

/**
 * Asks over a TCP connection of its own (RFC 7766). Thread-safe. The socket belongs to the one virtual thread that asks, so
 * an interrupt that closes it harms nobody else.
 */
record TcpExchange(InetSocketAddress upstream, QueryIds ids) implements Exchange {

    @Override
    public byte[] ask(UpstreamQuery query, long deadline) throws IOException, InterruptedException {
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.connect(upstream, millisLeft(deadline));
            int id = ids.next();
            byte[] message = query.withId(id);
            byte[] frame = ByteBuffer.allocate(2 + message.length)
                    .putShort((short) message.length)
                    .put(message)
                    .array();
            socket.getOutputStream().write(frame);
            InputStream in = socket.getInputStream();
            while (true) {
                byte[] reply = read(socket, in, deadline);
                if (reply.length >= Header.LENGTH && Header.id(reply) == id && query.isAnsweredBy(reply)) {
                    return reply;
                }
            }
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw (InterruptedException) new InterruptedException().initCause(e);
            }
            throw e;
        }
    }

    private static byte[] read(Socket socket, InputStream in, long deadline) throws IOException {
        byte[] length = new byte[2];
        readFully(socket, in, length, deadline);
        byte[] message = new byte[Header.u16(length, 0)];
        readFully(socket, in, message, deadline);
        return message;
    }

    private static void readFully(Socket socket, InputStream in, byte[] into, long deadline) throws IOException {
        int have = 0;
        while (have < into.length) {
            socket.setSoTimeout(millisLeft(deadline));
            int read = in.read(into, have, into.length - have);
            if (read < 0) {
                throw new IOException("the connection was closed before the reply");
            }
            have += read;
        }
    }

    private static int millisLeft(long deadline) throws SocketTimeoutException {
        long nanos = deadline - System.nanoTime();
        if (nanos <= 0) {
            throw new SocketTimeoutException("no reply");
        }
        return (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
    }
}
