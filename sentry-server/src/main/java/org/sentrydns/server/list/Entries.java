package org.sentrydns.server.list;

import java.io.IOException;
import java.util.Arrays;

/**
 * The entries of a table of names, one behind the other in arrays of bytes: flags, the name's length, the name, the line,
 * the number of the modifiers; numbers of variable length. An entry never lies in two arrays. Confined to one thread while
 * entries are added, immutable afterwards.
 */
final class Entries {
    /** Before the first entry, and what {@link #next} says behind the last. */
    static final int NONE = 0;

    /** Half of a small G1 region: a larger array would take regions of its own and waste the rest of them. */
    private static final int CHUNK_BITS = 18;

    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final int MOST_CHUNKS = 1 << (32 - CHUNK_BITS);
    private static final int LONGEST_NUMBER = 5;
    private static final int REMOVED = 0x80;
    private static final int NUMBERS = 1 + 3 * LONGEST_NUMBER;

    private byte[][] chunks = {new byte[CHUNK]};
    private int count = 1;
    /** No entry stands at {@link #NONE}. */
    private int used = 1;

    /** Adds an entry; flags are never 0, which ends an array. */
    int add(NameBuffer name, int flags, int line, int modifiers) throws IOException {
        if (used + name.length() + NUMBERS >= CHUNK) {
            addChunk();
        }
        int at = ((count - 1) << CHUNK_BITS) | used;
        byte[] chunk = chunks[count - 1];
        chunk[used++] = (byte) flags;
        put(chunk, name.length());
        name.copyTo(chunk, used);
        used += name.length();
        put(chunk, line);
        put(chunk, modifiers);
        return at;
    }

    private void addChunk() throws IOException {
        if (count == MOST_CHUNKS) {
            throw new IOException("the list is too long: its names take more than 4 GiB");
        }
        if (count == chunks.length) {
            chunks = Arrays.copyOf(chunks, count * 2);
        }
        HeapRoom.HEAP.take(CHUNK);
        chunks[count++] = new byte[CHUNK];
        used = 0;
    }

    private void put(byte[] chunk, int number) {
        int rest = number;
        while (rest >= 0x80) {
            chunk[used++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        chunk[used++] = (byte) rest;
    }

    /** Above all offsets of entries. */
    int end() {
        return ((count - 1) << CHUNK_BITS) | used;
    }

    /** Whether an entry's name has one label. */
    boolean isTopLevel(int at) {
        byte[] chunk = chunk(at);
        int end = endOfName(at);
        for (int i = end - nameLength(at); i < end; i++) {
            if (chunk[i] == '.' && chunk[i - 1] != '\\') {
                return false;
            }
        }
        return true;
    }

    void trim() {
        chunks = Arrays.copyOf(chunks, count);
        chunks[count - 1] = Arrays.copyOf(chunks[count - 1], used);
    }

    long bytes() {
        return Arrays.stream(chunks).mapToLong(chunk -> chunk.length).sum();
    }

    int flags(int at) {
        return chunk(at)[inChunk(at)];
    }

    /** Takes an entry out: a table that is made of the entries must leave it out. */
    void remove(int at) {
        chunk(at)[inChunk(at)] |= (byte) REMOVED;
    }

    boolean isRemoved(int at) {
        return (flags(at) & REMOVED) != 0;
    }

    int line(int at) {
        return number(chunk(at), endOfName(at));
    }

    int modifiers(int at) {
        byte[] chunk = chunk(at);
        return number(chunk, endOfNumber(chunk, endOfName(at)));
    }

    int nameLength(int at) {
        return number(chunk(at), inChunk(at) + 1);
    }

    boolean hasName(int at, NameBuffer name) {
        int start = endOfName(at) - name.length();
        return nameLength(at) == name.length() && name.equalTo(chunk(at), start);
    }

    /** Whether an entry has the name that a text ends with, from an offset on. */
    boolean hasName(int at, String text, int from) {
        int length = text.length() - from;
        if (nameLength(at) != length) {
            return false;
        }
        byte[] chunk = chunk(at);
        int start = endOfName(at) - length;
        for (int i = 0; i < length; i++) {
            if (chunk[start + i] != text.charAt(from + i)) {
                return false;
            }
        }
        return true;
    }

    int hash(int at) {
        byte[] chunk = chunk(at);
        int end = endOfName(at);
        int hash = NameHash.START;
        for (int i = end - 1; i >= end - nameLength(at); i--) {
            hash = NameHash.step(hash, chunk[i]);
        }
        return hash;
    }

    /** The entry behind one, or the first behind {@link #NONE}; {@link #NONE} if there is no more. */
    int next(int at) {
        byte[] chunk = chunk(at);
        int end = at == NONE ? 1 : endOfNumber(chunk, endOfNumber(chunk, endOfName(at)));
        int number = at >>> CHUNK_BITS;
        if (chunk[end] != 0) {
            return (number << CHUNK_BITS) | end;
        }
        return number + 1 < count ? (number + 1) << CHUNK_BITS : NONE;
    }

    private byte[] chunk(int at) {
        return chunks[at >>> CHUNK_BITS];
    }

    private static int inChunk(int at) {
        return at & (CHUNK - 1);
    }

    private int endOfName(int at) {
        byte[] chunk = chunk(at);
        int length = inChunk(at) + 1;
        return endOfNumber(chunk, length) + number(chunk, length);
    }

    private static int endOfNumber(byte[] chunk, int start) {
        int at = start;
        while (chunk[at] < 0) {
            at++;
        }
        return at + 1;
    }

    private static int number(byte[] chunk, int start) {
        int number = chunk[start] & 0x7f;
        int at = start;
        for (int shift = 7; chunk[at] < 0; shift += 7) {
            number |= (chunk[++at] & 0x7f) << shift;
        }
        return number;
    }
}
