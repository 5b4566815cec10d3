package org.sentrydns.server.benchmark;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** Numbered lines of a text, none longer than a bound: a zip bomb stays harmless. Confined to one thread. */
final class Lines {

    static final int MAX_LENGTH = 4096;

    private final Reader in;
    private final char[] block = new char[8192];
    private final StringBuilder line = new StringBuilder();
    private int at;
    private int end;
    private int number;

    Lines(Reader in) {
        this.in = in;
    }

    /** The number of the line that next() gave last, from 1. */
    int number() {
        return number;
    }

    /** The next line without its end, or null; of a line that is too long its first part, longer than the bound. */
    @Nullable
    String next() throws IOException {
        line.setLength(0);
        while (line.length() <= MAX_LENGTH) {
            if (at == end && !fill()) {
                return line.isEmpty() ? null : numbered();
            }
            char letter = block[at++];
            if (letter == '\n') {
                return numbered();
            }
            line.append(letter);
        }
        return numbered();
    }

    private String numbered() {
        number++;
        return line.toString();
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(block));
        return end > 0;
    }
}
