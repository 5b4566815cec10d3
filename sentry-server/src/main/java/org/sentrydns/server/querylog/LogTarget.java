package org.sentrydns.server.querylog;

import java.io.IOException;

/** Takes lines. Confined to one thread. */
interface LogTarget {

    void write(byte[] line) throws IOException;

    void flush() throws IOException;

    void close() throws IOException;
}
