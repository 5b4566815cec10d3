package org.sentrydns.server.querylog;

import java.io.IOException;

/** Takes whole lines. Confined to one thread. */
interface LogTarget {

    /**
     * Whether a line belongs to a new file.
     *
     * @param waiting bytes of the lines before it that are not written yet
     * @param length bytes of the line
     */
    boolean isFull(long waiting, int length);

    /**
     * Puts what was written aside and begins anew.
     *
     * @throws IOException if one of the two failed; whether it can go on, the next write tells
     */
    void renew() throws IOException;

    /**
     * Writes some lines.
     *
     * @throws IOException if they are lost, all of them; none of those written later hangs on to a part of them
     */
    void write(byte[] lines) throws IOException;

    void close() throws IOException;
}
