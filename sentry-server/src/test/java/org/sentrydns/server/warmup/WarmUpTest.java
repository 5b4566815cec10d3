package org.sentrydns.server.warmup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Policy;
import org.sentrydns.api.Reply;
import org.sentrydns.api.RuleType;
import org.sentrydns.api.Upstream;
import org.sentrydns.server.rule.FakeVerb;

final class WarmUpTest {
    private final AtomicInteger forwarded = new AtomicInteger();

    private final FakeVerb answer = new FakeVerb("answer", text -> {
        assertEquals("with A 192.0.2.1", text.rest("a record"));
        return query -> Outcome.answer(Reply.empty());
    });

    private final FakeVerb resolve = new FakeVerb("resolve", text -> {
        text.keyword("using");
        List<Upstream> upstreams = text.upstreams();
        text.end();
        return query -> {
            forwarded.incrementAndGet();
            return Outcome.forward(upstreams, new Policy.Race());
        };
    });

    @Test
    void run_withSomeVerbs_goesThroughThem() throws Exception {
        Map<String, RuleType> verbs = Map.of("answer", answer, "resolve", resolve);
        int replies = WarmUp.run(verbs, Duration.ofMillis(300), () -> false);
        assertTrue(replies >= 16, "replies: " + replies);
        assertTrue(forwarded.get() > 0, "nothing was forwarded");
    }

    @Test
    void run_withoutVerbs_endsAsWell() throws Exception {
        int[] looks = {0};
        assertTrue(WarmUp.run(Map.of(), Duration.ofMinutes(1), () -> ++looks[0] > 2) >= 0);
        assertEquals(3, looks[0], "it asked twice, and was told to end");
    }

    @Test
    void run_withALoadOfTheRealServer_ends() throws Exception {
        int[] looks = {0};
        int replies = WarmUp.run(Map.of("answer", answer), Duration.ofMinutes(1), () -> ++looks[0] > 2);
        assertTrue(replies <= 32, "replies: " + replies);
        assertEquals(3, looks[0]);
    }
}
