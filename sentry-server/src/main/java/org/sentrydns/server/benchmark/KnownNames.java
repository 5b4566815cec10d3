package org.sentrydns.server.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The built-in list: about a thousand well-known names, roughly by popularity. */
final class KnownNames {

    private KnownNames() {}

    /** @param limit the first so many; 0: all */
    static Names read(int limit) throws IOException {
        try (InputStream in = Objects.requireNonNull(KnownNames.class.getResourceAsStream("names.txt"))) {
            return NamesFile.parse(in, "names.txt", limit);
        }
    }
}
