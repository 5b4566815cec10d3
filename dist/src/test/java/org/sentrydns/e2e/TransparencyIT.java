package org.sentrydns.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What no rule touches travels as the upstream's own bytes (RFC 5625), from the upstream and from the cache. */
final class TransparencyIT {
    private static final long SEED = 20_261_123;
    private static final int QUESTIONS = 2_000;
    private static final int SHOWN = 20;

    @TempDir
    Path folder;

    private final List<String> differences = new ArrayList<>();
    private int overTcp;

    @Test
    void randomQuestions_throughSentry_getTheUpstreamsOwnBytes() throws Exception {
        Random random = new Random(SEED);
        List<String> names = OddZone.names();
        try (Nsd nsd = Nsd.start(folder, OddZone.records());
                RunningSentry sentry =
                        RunningSentry.start(folder, RunningSentry.config("resolve ^ using " + nsd.upstream()));
                WireClient direct = new WireClient(nsd.port());
                WireClient proxied = new WireClient(sentry.port())) {
            for (int i = 0; i < QUESTIONS; i++) {
                compare(RandomQuestion.next(random, names), direct, proxied);
            }
        }
        System.out.printf("%d questions twice, %d of them over TCP in the end%n", QUESTIONS, overTcp);
        assertTrue(overTcp > QUESTIONS / 10 && overTcp < QUESTIONS, () -> overTcp + " over TCP");
        assertEquals(List.of(), differences.stream().limit(SHOWN).toList(), () -> differences.size() + " differences");
    }

    private void compare(RandomQuestion asked, WireClient direct, WireClient proxied) throws IOException {
        byte[] expected = direct.ask(asked);
        RandomQuestion question = asked;
        if (!asked.tcp() && (PlainReply.isTruncated(expected) || expected.length > asked.largestReply())) {
            byte[] cut = proxied.ask(asked);
            check(PlainReply.isTruncated(cut) && cut.length <= asked.largestReply(), "no TC", asked, expected, cut);
            question = asked.overTcp();
            expected = direct.ask(question);
        }
        overTcp += question.tcp() ? 1 : 0;
        for (String turn : List.of("first", "again")) {
            byte[] found = proxied.ask(question);
            boolean same = Arrays.equals(PlainReply.expected(expected, question), PlainReply.of(found));
            check(same, turn, question, expected, found);
        }
    }

    private void check(boolean good, String what, RandomQuestion question, byte[] expected, byte[] found) {
        if (!good) {
            HexFormat hex = HexFormat.of();
            differences.add("%n%s: %s%nNSD:    %s%nSentry: %s"
                    .formatted(what, question.words(), hex.formatHex(expected), hex.formatHex(found)));
        }
    }
}
