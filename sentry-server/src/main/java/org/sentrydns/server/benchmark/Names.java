package org.sentrydns.server.benchmark;

import java.util.Arrays;

/**
 * Domain names in wire form, one behind the other in a single array: ten million names cost no more than their
 * letters. A name is known by its offset. Immutable.
 */
final class Names {

    private final byte[] wire;
    private final int count;

    private Names(byte[] wire, int count) {
        this.wire = wire;
        this.count = count;
    }

    int count() {
        return count;
    }

    byte[] wire() {
        return wire;
    }

    /** The length of the name in wire form, with its root label. */
    int length(int name) {
        int at = name;
        while (wire[at] != 0) {
            at += wire[at] + 1;
        }
        return at + 1 - name;
    }

    /** The name behind this one; behind the last one comes the first. */
    int after(int name) {
        int next = name + length(name);
        return next == wire.length ? 0 : next;
    }

    /** Confined to one thread. */
    static final class Builder {

        private static final int MAX_NAME = 255;
        private static final int MAX_LABEL = 63;
        private static final int MAX_BYTES = 1 << 30;

        private byte[] wire = new byte[16 * 1024];
        private int length;
        private int count;

        int count() {
            return count;
        }

        /** Appends a name, its final dot optional, or appends nothing and says false when it is no domain name. */
        boolean add(String name) {
            String labels = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
            if (name.isEmpty() || labels.length() + 2 > MAX_NAME) {
                return false;
            }
            reserve();
            int at = length;
            if (!name.equals(".")) {
                int from = 0;
                while (from <= labels.length()) {
                    int dot = labels.indexOf('.', from);
                    int to = dot < 0 ? labels.length() : dot;
                    if (!append(labels, from, to, at)) {
                        return false;
                    }
                    at += to - from + 1;
                    from = to + 1;
                }
            }
            wire[at] = 0;
            length = at + 1;
            count++;
            return true;
        }

        Names build() {
            return new Names(Arrays.copyOf(wire, length), count);
        }

        private boolean append(String labels, int from, int to, int at) {
            if (to == from || to - from > MAX_LABEL) {
                return false;
            }
            wire[at] = (byte) (to - from);
            for (int i = from; i < to; i++) {
                char letter = labels.charAt(i);
                if (!allowed(letter)) {
                    return false;
                }
                wire[at + 1 + i - from] = (byte) letter;
            }
            return true;
        }

        /** Letters of host names, of service names and of reverse zones (RFC 2317). */
        private static boolean allowed(char letter) {
            return (letter >= 'a' && letter <= 'z')
                    || (letter >= 'A' && letter <= 'Z')
                    || (letter >= '0' && letter <= '9')
                    || letter == '-'
                    || letter == '_'
                    || letter == '/'
                    || letter == '*';
        }

        private void reserve() {
            if (length + MAX_NAME > MAX_BYTES) {
                throw new IllegalArgumentException("names: more than 1 GiB of them, expected fewer or shorter ones");
            }
            if (length + MAX_NAME > wire.length) {
                wire = Arrays.copyOf(wire, (int) Math.min(MAX_BYTES, wire.length * 2L));
            }
        }
    }
}
