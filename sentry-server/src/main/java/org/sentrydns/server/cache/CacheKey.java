package org.sentrydns.server.cache;

import java.util.Arrays;
import org.sentrydns.server.stats.Fingerprint;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.UpstreamQuery;

/**
 * Everything that changes an answer: the question, letters' case aside, the bits that an upstream heeds (RD, AD, CD, DO),
 * and who is asked. Immutable.
 */
final class CacheKey {
    private final byte[] bytes;
    private final long print;

    /** @param group the number of the upstreams that are asked, see {@link UpstreamGroups} */
    CacheKey(UpstreamQuery query, int group) {
        byte[] question = query.identity();
        bytes = Arrays.copyOf(question, question.length + 4);
        Header.put16(bytes, question.length, group >>> 16);
        Header.put16(bytes, question.length + 2, group);
        print = Fingerprint.of(bytes);
    }

    /** What tells it from all others. Not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    /** What stands for it in an index; nobody can choose names so that many have the same. */
    long print() {
        return print;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CacheKey key && key.print == print && Arrays.equals(key.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return (int) print;
    }
}
