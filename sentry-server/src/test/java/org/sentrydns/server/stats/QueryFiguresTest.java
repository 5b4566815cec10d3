package org.sentrydns.server.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.sentrydns.api.Transport;
import org.sentrydns.server.stats.QueryFigures.Alike;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

final class QueryFiguresTest {
    private final QueryFigures figures = new QueryFigures();

    @Test
    void count_keepsWhatIsAlikeTogether() {
        figures.count(Transport.UDP, Type.AAAA, Rcode.NOERROR, "resolve", 1_000);
        figures.count(Transport.UDP, Type.AAAA, Rcode.NOERROR, "resolve", 1_000);
        figures.count(Transport.TCP, Type.A, QueryFigures.DROPPED, "block", 1_000);

        assertEquals(
                Set.of(new Alike("udp", "AAAA", "NOERROR", "resolve", 2), new Alike("tcp", "A", "none", "block", 1)),
                Set.copyOf(figures.alike()));
    }

    @Test
    void count_ofAnyTypeAndCode_staysBounded() {
        for (int type = 0; type <= 65535; type++) {
            figures.count(Transport.UDP, type, type % 16, "none", 1);
        }
        List<Alike> alike = figures.alike();

        assertEquals(65536, alike.stream().mapToLong(Alike::count).sum());
        assertEquals(
                18, alike.stream().map(Alike::type).collect(Collectors.toSet()).size());
    }

    @Test
    void percentile_liesInTheBucketOfItsTime() {
        for (int i = 0; i < 99; i++) {
            figures.latency().add(700_000);
        }
        figures.latency().add(40_000_000);
        Latency.Snapshot snapshot = figures.latency().snapshot();

        assertEquals(100, snapshot.count());
        assertEquals(0.75, snapshot.percentileMillis(0.5), 0.26);
        assertEquals(37, snapshot.percentileMillis(0.999), 13);
    }
}
