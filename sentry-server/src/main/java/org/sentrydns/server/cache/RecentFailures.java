package org.sentrydns.server.cache;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.upstream.UpstreamReply;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.MessageShape;
import org.xbill.DNS.Rcode;

/** Questions that upstreams failed on not long ago. Thread-safe. */
final class RecentFailures {
    /** Of one generation; beyond that, older ones are forgotten too early. */
    private static final int CAPACITY = 5_000;
    /** Bytes. */
    private static final int LARGE = 1024;

    private static final int FLAGS = 2;
    private static final int QUESTIONS = 4;
    private static final int ANSWERS = 6;

    /** Before the first of the retries behind old answers, and before all later ones. */
    private static final long FIRST_RETRY_NANOS = 1_000_000_000L;

    private static final long LAST_RETRY_NANOS = 30_000_000_000L;

    private final long memory;
    private final LongSupplier nanoTime;
    private final AtomicReference<Generation> youngest;

    /** @param times how often in a row */
    private record Failure(UpstreamReply reply, long at, int times) {}

    /** What failed within a time, and what had failed just before it. */
    private record Generation(long since, Map<CacheKey, Failure> failures, Map<CacheKey, Failure> earlier) {}

    RecentFailures(Duration memory, LongSupplier nanoTime) {
        this.memory = memory.toNanos();
        this.nanoTime = nanoTime;
        youngest = new AtomicReference<>(empty());
    }

    private Generation empty() {
        return new Generation(nanoTime.getAsLong(), new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
    }

    void clear() {
        youngest.set(empty());
    }

    void add(CacheKey key, UpstreamReply failure) {
        long now = nanoTime.getAsLong();
        Failure before = known(key, now);
        int times = before == null ? 1 : before.times + 1;
        generation(now).failures.put(key, new Failure(small(failure), now, times));
    }

    /** A failure needs no records: of a large one its header and its question are kept. */
    private static UpstreamReply small(UpstreamReply failure) {
        if (failure instanceof UpstreamReply.Replied replied) {
            byte[] message = replied.message();
            return new UpstreamReply.Replied(message.length > LARGE ? bare(message) : message, UpstreamReply.CACHE);
        }
        return failure;
    }

    private static byte[] bare(byte[] message) {
        MessageShape shape = MessageShape.of(message, message.length);
        byte[] bare = Arrays.copyOf(message, shape == null ? Header.LENGTH : shape.questionEnd());
        Arrays.fill(bare, shape == null ? QUESTIONS : ANSWERS, Header.LENGTH, (byte) 0);
        int code = Header.rcode(bare);
        if (code == Rcode.NOERROR || code == Rcode.NXDOMAIN) {
            // It was a failure by the upper bits of its code, which stood in the OPT record.
            Header.put16(bare, FLAGS, (Header.flags(bare) & ~Header.RCODE) | Rcode.SERVFAIL);
        }
        return bare;
    }

    private Generation generation(long now) {
        Generation known = youngest.get();
        if (now - known.since < memory && known.failures.size() < CAPACITY) {
            return known;
        }
        Generation next = new Generation(now, new ConcurrentHashMap<>(), known.failures);
        return youngest.compareAndSet(known, next) ? next : youngest.get();
    }

    /** It has succeeded since. */
    void forget(CacheKey key) {
        Generation known = youngest.get();
        known.failures.remove(key);
        known.earlier.remove(key);
    }

    @Nullable
    UpstreamReply recent(CacheKey key) {
        Failure found = known(key, nanoTime.getAsLong());
        return found == null ? null : found.reply;
    }

    private @Nullable Failure known(CacheKey key, long now) {
        Generation known = youngest.get();
        Failure found = known.failures.get(key);
        if (found == null) {
            found = known.earlier.get(key);
        }
        return found == null || now - found.at >= memory ? null : found;
    }

    /**
     * Whether it is time to try again what has failed: after a second, then two, four, and at last every half a minute (RFC 9520
     * section 3.2, RFC 8767 section 5). True if it has not.
     */
    boolean isDue(CacheKey key) {
        long now = nanoTime.getAsLong();
        Failure found = known(key, now);
        return found == null || now - found.at >= pause(found.times);
    }

    private static long pause(int times) {
        return Math.min(LAST_RETRY_NANOS, FIRST_RETRY_NANOS << Math.min(times - 1, 5));
    }
}
