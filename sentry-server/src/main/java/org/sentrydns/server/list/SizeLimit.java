package org.sentrydns.server.list;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Fails when more comes than is allowed. Confined to one thread. */
final class SizeLimit extends FilterInputStream {
    private final long max;
    private long seen;

    SizeLimit(InputStream in, long max) {
        super(in);
        this.max = max;
    }

    static IOException exceeded(long max) {
        return new IOException("it is larger than max_megabytes allows (" + (max >> 20) + " MB)");
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        count(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        count(Math.max(count, 0));
        return count;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(int more) throws IOException {
        seen += more;
        if (seen > max) {
            throw exceeded(max);
        }
    }
}
