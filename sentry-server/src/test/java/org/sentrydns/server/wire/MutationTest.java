package org.sentrydns.server.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.CookieOption;
import org.xbill.DNS.Type;

/** Whatever arrives, the readers answer and never throw. The seed is fixed, so that a failure comes again. */
final class MutationTest {
    private static final int MUTATIONS = 200_000;

    private final Random random = new Random(20_261_123);

    private final List<byte[]> seeds = List.of(
            Queries.of("www.example.com", Type.A),
            Queries.withEdns("a.b.c.example.com", Type.TXT, 1232, 0x8000, new CookieOption(new byte[8])),
            Hex.bytes("0000 8180 0001 0002 0001 0001 03'www'07'example'00 0001 0001"
                    + "c00c 0005 0001 0000012c 0006 03'web'c010"
                    + "c02d 0001 0001 0000012c 0004 c0000201"
                    + "c010 0002 0001 0000012c 0006 03'ns1'c010"
                    + "00 0029 04d0 00 00 8000 000a 000f 0006 000f 'abcd'"));

    @Test
    void readers_onMutatedMessages_neverThrow() {
        UpstreamQuery question = UpstreamQuery.of(
                Queries.decoded(Queries.of("www.example", Type.A)),
                Queries.name("www.example").toWire());
        assertTrue(question.isAnsweredBy(seeds.getLast()), "the seed itself is a good reply");
        int queries = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] bytes = mutate(seeds.get(i % seeds.size()));
            MessageShape shape = MessageShape.of(bytes, bytes.length);
            if (shape != null) {
                assertTrue(shape.end() <= bytes.length && shape.questionEnd() <= shape.end());
            }
            question.isAnsweredBy(bytes);
            switch (QueryMessage.decode(bytes)) {
                case QueryMessage query -> {
                    queries++;
                    checkReplies(query);
                }
                case Decoded.Refusal refusal -> assertEquals(Header.id(bytes), Header.id(refusal.reply()));
                case Decoded.Silence silence -> {}
            }
        }
        assertTrue(queries > MUTATIONS / 100, "too few mutations are still queries: " + queries);
    }

    private static void checkReplies(QueryMessage query) {
        WireName.text(query.bytes(), Header.QUESTION);
        byte[] name = Arrays.copyOfRange(query.bytes(), Header.QUESTION, query.questionEnd() - 4);
        UpstreamQuery upstream = UpstreamQuery.of(query, name);
        byte[] reply = ReplyBytes.empty(query, 0, 15, "blocked");
        assertTrue(upstream.isAnsweredBy(reply), "an empty reply answers its query");
    }

    private byte[] mutate(byte[] seed) {
        byte[] bytes = seed.clone();
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                case 3 -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(20));
                default -> System.arraycopy(bytes, 0, bytes, at, Math.min(4, bytes.length - at));
            }
        }
        return bytes;
    }
}
