package org.sentrydns.server.querylog;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Standard output, whose errors are not hidden as those of {@link System#out} are. Confined to one thread. */
final class StandardOutput implements LogTarget {
    private final OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16);

    @Override
    public void write(byte[] line) throws IOException {
        out.write(line);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    /** Others may still write to it. */
    @Override
    public void close() throws IOException {
        out.flush();
    }
}
