package org.sentrydns.server.cache;

import java.util.Arrays;
import java.util.List;
import org.sentrydns.api.Upstream;
import org.sentrydns.server.wire.UpstreamQuery;

/**
 * Everything that changes an answer: the question, letters' case aside, the bits that an upstream heeds (RD, AD, CD, DO),
 * and who is asked. Immutable.
 */
final class CacheKey {
    private final byte[] question;
    private final List<Upstream> group;
    private final int hash;

    CacheKey(UpstreamQuery query, List<Upstream> group) {
        this.question = query.identity();
        this.group = group;
        this.hash = 31 * Arrays.hashCode(question) + group.hashCode();
    }

    /** What one key takes in memory, about. */
    int bytes() {
        return 48 + question.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CacheKey key
                && key.hash == hash
                && Arrays.equals(key.question, question)
                && key.group.equals(group);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
