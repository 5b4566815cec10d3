package org.sentrydns.server.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sentrydns.server.benchmark.QueryFeed.Ticket;
import org.xbill.DNS.Type;

final class QueryFeedTest {

    private static final long MS = 1_000_000;

    @Test
    void take_withoutRate_isDueAtOnceAndEndsWithTheNames() {
        QueryFeed feed = feed(0, Duration.ZERO, 0);

        assertEquals(List.of(new Ticket(0, 0), new Ticket(8, 0), new Ticket(16, 0)), all(feed));
        assertEquals(3, feed.total());
    }

    @Test
    void take_withLimit_startsTheNamesAgain() {
        List<Integer> names =
                all(feed(7, Duration.ZERO, 0)).stream().map(Ticket::name).toList();

        assertEquals(List.of(0, 8, 16, 0, 8, 16, 0), names);
    }

    @Test
    void take_withRate_spacesTheQueriesEvenly() {
        List<Long> due =
                all(feed(5, Duration.ZERO, 100)).stream().map(Ticket::due).toList();

        assertEquals(List.of(0L, 10 * MS, 20 * MS, 30 * MS, 40 * MS), due);
    }

    @Test
    void take_withRateAndDuration_sendsRateTimesDuration() {
        QueryFeed feed = feed(0, Duration.ofSeconds(2), 1000);

        assertEquals(2000, all(feed).size());
        assertEquals(0, feed.total());
        assertFalse(feed.over(2000 * MS - 1));
        assertTrue(feed.over(2000 * MS));
    }

    @Test
    void take_withLimitAndDuration_endsWithTheFirstOfThem() {
        assertEquals(50, all(feed(50, Duration.ofSeconds(1), 100)).size());
        assertEquals(100, all(feed(500, Duration.ofSeconds(1), 100)).size());
    }

    private static List<Ticket> all(QueryFeed feed) {
        List<Ticket> tickets = new ArrayList<>();
        Ticket ticket;
        while ((ticket = feed.take()) != null) {
            tickets.add(ticket);
        }
        return tickets;
    }

    private static QueryFeed feed(int limit, Duration duration, double rate) {
        Names.Builder names = new Names.Builder();
        assertTrue(names.add("a.test") && names.add("b.test") && names.add("c.test"));
        InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), 53);
        return new QueryFeed(
                new BenchmarkPlan(
                        server, limit, duration, 1, rate, Type.A, false, Duration.ofSeconds(1), Optional.empty()),
                names.build());
    }
}
