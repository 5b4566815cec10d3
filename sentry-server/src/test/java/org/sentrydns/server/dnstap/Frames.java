package org.sentrydns.server.dnstap;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A collector on a TCP port that speaks Frame Streams, written from its description. Thread-safe. */
final class Frames implements AutoCloseable {
    private static final byte[] CONTENT_TYPE = "protobuf:dnstap.Dnstap".getBytes(StandardCharsets.US_ASCII);
    private static final int ACCEPT = 1;
    private static final int STOP = 3;
    private static final int FINISH = 5;

    /** What came: the numbers of control frames, and the data. */
    final List<Integer> controls = new CopyOnWriteArrayList<>();

    final List<byte[]> data = new CopyOnWriteArrayList<>();
    private final ServerSocket listening;
    private volatile @Nullable Socket connection;

    Frames(int port) throws IOException {
        this.listening = new ServerSocket(port, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort());
    }

    private void serve() {
        while (!listening.isClosed()) {
            try (Socket accepted = listening.accept()) {
                connection = accepted;
                read(new DataInputStream(accepted.getInputStream()), new DataOutputStream(accepted.getOutputStream()));
            } catch (IOException e) {
                // The test has closed one of them, or the sender has gone: the next connection tells.
            }
        }
    }

    private void read(DataInputStream in, DataOutputStream out) throws IOException {
        control(in, true);
        control(out, ACCEPT, CONTENT_TYPE);
        control(in, true);
        while (true) {
            int length = in.readInt();
            if (length == 0) {
                if (controlBehindItsEscape(in, false) == STOP) {
                    control(out, FINISH, null);
                    return;
                }
            } else {
                data.add(in.readNBytes(length));
            }
        }
    }

    private void control(DataInputStream in, boolean withContentType) throws IOException {
        if (in.readInt() != 0) {
            throw new IOException("no control frame");
        }
        controlBehindItsEscape(in, withContentType);
    }

    private int controlBehindItsEscape(DataInputStream in, boolean withContentType) throws IOException {
        int length = in.readInt();
        int type = in.readInt();
        if (withContentType && (in.readInt() != 1 || in.readInt() != CONTENT_TYPE.length)) {
            throw new IOException("no field with a content type");
        }
        String rest = new String(in.readNBytes(length - (withContentType ? 12 : 4)), StandardCharsets.US_ASCII);
        if (!rest.equals(withContentType ? new String(CONTENT_TYPE, StandardCharsets.US_ASCII) : "")) {
            throw new IOException("not about dnstap: " + rest);
        }
        controls.add(type);
        return type;
    }

    private static void control(DataOutputStream out, int type, byte @Nullable [] contentType) throws IOException {
        out.writeInt(0);
        out.writeInt(contentType == null ? 4 : 12 + contentType.length);
        out.writeInt(type);
        if (contentType != null) {
            out.writeInt(1);
            out.writeInt(contentType.length);
            out.write(contentType);
        }
        out.flush();
    }

    /** Ends the connection, as a collector does that is started again. */
    void hangUp() throws IOException {
        Socket open = connection;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        hangUp();
    }
}
