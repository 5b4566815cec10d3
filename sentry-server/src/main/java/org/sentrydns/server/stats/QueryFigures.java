package org.sentrydns.server.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.sentrydns.api.Transport;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * Queries by how they came, what they asked and what became of them. Thread-safe. Bounded whatever clients send: rare
 * types and codes share one place each.
 */
public final class QueryFigures {
    /** Stands for no reply. */
    public static final int DROPPED = -1;

    private static final int[] TYPES = {
        Type.A,
        Type.AAAA,
        Type.HTTPS,
        Type.SVCB,
        Type.PTR,
        Type.MX,
        Type.TXT,
        Type.NS,
        Type.SOA,
        Type.SRV,
        Type.CNAME,
        Type.DS,
        Type.DNSKEY,
        Type.NAPTR,
        Type.CAA,
        Type.TLSA,
        Type.ANY
    };
    private static final int CODES = 6;
    private static final int CODE_SLOTS = CODES + 2;
    private static final int TYPE_SLOTS = TYPES.length + 1;
    private static final byte[] SLOT_OF_TYPE = new byte[260];

    static {
        Arrays.fill(SLOT_OF_TYPE, (byte) TYPES.length);
        for (int slot = 0; slot < TYPES.length; slot++) {
            SLOT_OF_TYPE[TYPES[slot]] = (byte) slot;
        }
    }

    private final ConcurrentMap<String, Map<Transport, AtomicReferenceArray<LongAdder>>> byVerb =
            new ConcurrentHashMap<>();
    private final Latency latency = new Latency();

    /**
     * How many queries were alike.
     *
     * @param transport how they came, in lower case
     * @param type what they asked for, or {@code other}
     * @param rcode what they got, {@code other} or {@code none}
     * @param verb the verb of the rule that decided, or {@code none}
     * @param count how many
     */
    public record Alike(String transport, String type, String rcode, String verb, long count) {}

    /**
     * A query has ended.
     *
     * @param rcode the reply's code, or {@link #DROPPED}
     * @param verb the verb of the rule that decided, or {@code none}
     * @param nanos how long it took
     */
    public void count(Transport transport, int type, int rcode, String verb, long nanos) {
        Map<Transport, AtomicReferenceArray<LongAdder>> ofVerb = byVerb.get(verb);
        if (ofVerb == null) {
            ofVerb = byVerb.computeIfAbsent(verb, v -> empty());
        }
        AtomicReferenceArray<LongAdder> counts = Objects.requireNonNull(ofVerb.get(transport));
        int typeSlot = type < SLOT_OF_TYPE.length ? SLOT_OF_TYPE[type] : TYPES.length;
        int codeSlot = rcode == DROPPED ? CODES + 1 : Math.min(rcode, CODES);
        int place = typeSlot * CODE_SLOTS + codeSlot;
        LongAdder count = counts.get(place);
        if (count == null) {
            counts.compareAndSet(place, null, new LongAdder());
            count = counts.get(place);
        }
        count.increment();
        latency.add(nanos);
    }

    /** Never changed afterwards, so that any thread may read it. */
    private static Map<Transport, AtomicReferenceArray<LongAdder>> empty() {
        Map<Transport, AtomicReferenceArray<LongAdder>> counts = new EnumMap<>(Transport.class);
        for (Transport transport : Transport.values()) {
            counts.put(transport, new AtomicReferenceArray<>(TYPE_SLOTS * CODE_SLOTS));
        }
        return counts;
    }

    /** All kinds of queries that there were. */
    public List<Alike> alike() {
        List<Alike> found = new ArrayList<>();
        byVerb.forEach((verb, ofVerb) -> ofVerb.forEach((transport, counts) -> {
            for (int place = 0; place < counts.length(); place++) {
                LongAdder count = counts.get(place);
                if (count != null) {
                    found.add(alike(verb, transport, place, count.sum()));
                }
            }
        }));
        return found;
    }

    private static Alike alike(String verb, Transport transport, int place, long count) {
        int code = place % CODE_SLOTS;
        int type = place / CODE_SLOTS;
        return new Alike(
                transport.name().toLowerCase(Locale.ROOT),
                type < TYPES.length ? Type.string(TYPES[type]) : "other",
                code < CODES ? Rcode.string(code) : code == CODES ? "other" : "none",
                verb,
                count);
    }

    public Latency latency() {
        return latency;
    }
}
