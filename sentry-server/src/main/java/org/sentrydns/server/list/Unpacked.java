package org.sentrydns.server.list;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** Opens lists, compressed or not: whether it is gzip is seen by the content, since servers label it in several ways. */
final class Unpacked {
    private static final int BUFFER = 1 << 16;

    // A gzip file that the server has compressed once more for the way.
    private static final int LAYERS = 2;

    private Unpacked() {}

    /**
     * Opens a list.
     *
     * @param raw what is stored
     * @param maxBytes the limit of what is stored and of what comes out, each
     * @return what is in it; supports mark and reset within 64 KiB
     */
    static InputStream open(InputStream raw, long maxBytes) throws IOException {
        InputStream in = limited(raw, maxBytes);
        for (int layer = 0; layer < LAYERS && isGzip(in); layer++) {
            in = limited(new GZIPInputStream(in, BUFFER), maxBytes);
        }
        return in;
    }

    private static InputStream limited(InputStream in, long maxBytes) {
        return new BufferedInputStream(new SizeLimit(in, maxBytes), BUFFER);
    }

    private static boolean isGzip(InputStream in) throws IOException {
        return Arrays.equals(start(in, 2), new byte[] {0x1f, (byte) 0x8b});
    }

    /** Looks at the start without taking it away. */
    static byte[] start(InputStream in, int length) throws IOException {
        in.mark(length);
        byte[] start = in.readNBytes(length);
        in.reset();
        return start;
    }
}
