package org.sentrydns.server.list;

import java.io.IOException;
import java.io.InputStream;

/** Makes a set of a list. */
@FunctionalInterface
interface Reading {
    ReadList read(InputStream in) throws IOException;
}
