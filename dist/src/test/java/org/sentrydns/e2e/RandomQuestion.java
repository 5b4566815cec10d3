package org.sentrydns.e2e;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * A question in wire form with ID 0. Immutable, if nobody writes to its bytes.
 *
 * @param bytes the message
 * @param tcp whether it goes over TCP
 * @param words the question for people
 */
record RandomQuestion(byte[] bytes, boolean tcp, String words) {
    private static final int RD = 0x0100;
    private static final int AD = 0x0020;
    private static final int CD = 0x0010;

    /** All that the zone has, some that it has not, ANY, and some that nobody knows. */
    private static final List<Integer> TYPES = List.of(
            1, 2, 5, 6, 12, 13, 15, 16, 17, 28, 29, 33, 35, 39, 43, 44, 46, 47, 48, 50, 52, 64, 65, 99, 255, 257, 731,
            65_280, 65_281, 65_534, 0);

    private static final List<Integer> UDP_SIZES = List.of(0, 512, 1232, 1400, 4096, 65_535);

    static RandomQuestion next(Random random, List<String> names) {
        String name = random.nextInt(20) == 0
                ? Long.toString(random.nextLong() >>> 1, 36) + ".test"
                : names.get(random.nextInt(names.size()));
        // Types at random seldom meet what a name has; addresses and texts often do.
        int type = random.nextInt(3) == 0
                ? List.of(1, 16).get(random.nextInt(2))
                : TYPES.get(random.nextInt(TYPES.size()));
        int dnsClass = random.nextInt(50) == 0 ? 1 + random.nextInt(4) : 1;
        int flags = bit(random, RD) | bit(random, AD) | bit(random, CD);
        boolean edns = random.nextInt(3) > 0;
        int size = UDP_SIZES.get(random.nextInt(UDP_SIZES.size()));
        boolean dnssecOk = random.nextBoolean();
        boolean tcp = random.nextInt(4) == 0;

        byte[] owner = inRandomCase(random, wire(name));
        ByteBuffer message = ByteBuffer.allocate(12 + owner.length + 4 + (edns ? 11 : 0));
        message.putShort((short) 0)
                .putShort((short) flags)
                .putShort((short) 1)
                .putInt(0)
                .putShort((short) (edns ? 1 : 0));
        message.put(owner).putShort((short) type).putShort((short) dnsClass);
        if (edns) {
            message.put((byte) 0).putShort((short) 41).putShort((short) size);
            message.putInt(dnssecOk ? 0x8000 : 0).putShort((short) 0);
        }
        String words = "%s type %d class %d flags %04x %s over %s"
                .formatted(
                        name,
                        type,
                        dnsClass,
                        flags,
                        edns ? "EDNS " + size + (dnssecOk ? " DO" : "") : "without EDNS",
                        tcp ? "TCP" : "UDP");
        return new RandomQuestion(message.array(), tcp, words);
    }

    private static int bit(Random random, int bit) {
        return random.nextBoolean() ? bit : 0;
    }

    private static byte[] wire(String name) {
        try {
            return (name.isEmpty() ? Name.root : Name.fromString(name, Name.root)).toWire();
        } catch (TextParseException e) {
            throw new AssertionError(name, e);
        }
    }

    /** Lengths of labels are below any letter. */
    private static byte[] inRandomCase(Random random, byte[] name) {
        for (int i = 0; i < name.length; i++) {
            int lower = name[i] | 0x20;
            if (name[i] >= 'A' && lower >= 'a' && lower <= 'z') {
                name[i] = (byte) (random.nextBoolean() ? lower : lower & ~0x20);
            }
        }
        return name;
    }

    boolean hasEdns() {
        return bytes[11] == 1;
    }

    boolean dnssecOk() {
        return hasEdns() && (bytes[bytes.length - 4] & 0x80) != 0;
    }

    /** RFC 6840 section 5.7. */
    boolean wantsAd() {
        return (bytes[3] & AD) != 0 || dnssecOk();
    }

    /** The largest datagram that may come as a reply from who sends 1232 bytes at most. */
    int largestReply() {
        int size = hasEdns() ? Math.max(512, ByteBuffer.wrap(bytes).getShort(bytes.length - 8) & 0xffff) : 512;
        return Math.min(size, 1232);
    }

    RandomQuestion overTcp() {
        return new RandomQuestion(bytes, true, words + ", then TCP");
    }
}
