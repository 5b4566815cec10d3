package org.sentrydns.server.list;

import java.io.IOException;
import java.io.InputStream;

/** Cuts a list into lines. Confined to one thread. */
final class LineSource {
    /** Nobody writes longer ones; a file without line ends must not fill the memory. */
    static final int LONGEST = 1 << 16;

    private final InputStream in;
    private final byte[] buffer = new byte[2 * LONGEST];
    private int from;
    private int limit;
    private int number;

    LineSource(InputStream in) {
        this.in = in;
    }

    /**
     * Reads a line.
     *
     * @param line is set to it; valid until the next call
     * @return false at the end of the list
     */
    boolean next(Line line) throws IOException {
        int scanned = from;
        while (true) {
            int newline = newline(scanned);
            if (newline >= 0) {
                set(line, newline);
                from = newline + 1;
                return true;
            }
            makeRoom();
            scanned = limit;
            int read = in.read(buffer, limit, buffer.length - limit);
            if (read < 0) {
                boolean more = limit > from;
                if (more) {
                    set(line, limit);
                    from = limit;
                }
                return more;
            }
            limit += read;
        }
    }

    private int newline(int scanned) {
        for (int at = scanned; at < limit; at++) {
            if (buffer[at] == '\n') {
                return at;
            }
        }
        return -1;
    }

    /** Nobody needs the end of a line that is too long. */
    private void makeRoom() {
        System.arraycopy(buffer, from, buffer, 0, limit - from);
        limit = Math.min(limit - from, LONGEST + 1);
        from = 0;
    }

    private void set(Line line, int end) {
        int start = from;
        number++;
        if (number == 1 && startsWithBom(end)) {
            start += 3;
        }
        line.set(buffer, start, end, number, end - start > LONGEST);
    }

    private boolean startsWithBom(int end) {
        return end - from >= 3
                && buffer[from] == (byte) 0xef
                && buffer[from + 1] == (byte) 0xbb
                && buffer[from + 2] == (byte) 0xbf;
    }
}
