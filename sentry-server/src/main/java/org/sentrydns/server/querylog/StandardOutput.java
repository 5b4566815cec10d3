package org.sentrydns.server.querylog;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Standard output, whose errors are not hidden as those of {@link System#out} are. Confined to one thread. */
final class StandardOutput implements LogTarget {
    private final OutputStream out;
    private boolean torn;

    StandardOutput() {
        this(new FileOutputStream(FileDescriptor.out));
    }

    StandardOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public boolean isFull(long waiting, int length) {
        return false;
    }

    @Override
    public void renew() {
        throw new IllegalStateException("it is never full");
    }

    /** A part that went out cannot be taken back: it ends with its line. */
    @Override
    public void write(byte[] lines) throws IOException {
        if (torn) {
            out.write('\n');
        }
        torn = true;
        out.write(lines);
        torn = false;
    }

    /** Others may still write to it. */
    @Override
    public void close() {}
}
