package org.sentrydns.server.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Transport;
import org.sentrydns.server.config.AddressBlock;
import org.sentrydns.server.wire.Queries;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Type;

/** What conditions hold for; the query is a.test, on a Friday at 23:30. */
final class ConditionTest {
    private static final Map<String, List<AddressBlock>> GROUPS = Map.of(
            "kids",
            List.of(
                    AddressBlock.parse("192.168.1.20").orElseThrow(),
                    AddressBlock.parse("192.168.7.0/24").orElseThrow()),
            "nobody",
            List.of());

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    type is MX                         | MX     | IN | true
                    type is mx                         | MX     | IN | true
                    type is MX                         | A      | IN | false
                    type is not MX                     | A      | IN | true
                    type is not MX                     | MX     | IN | false
                    type is A, AAAA                    | AAAA   | IN | true
                    type is A,AAAA                     | AAAA   | IN | true
                    type is A ,AAAA                    | AAAA   | IN | true
                    type is A , AAAA                   | AAAA   | IN | true
                    type is A,  AAAA,MX , TXT          | TXT    | IN | true
                    type is A, AAAA                    | MX     | IN | false
                    type is not A, AAAA                | AAAA   | IN | false
                    type is not A, AAAA                | MX     | IN | true
                    type is TYPE65                     | HTTPS  | IN | true
                    type is HTTPS                      | TYPE65 | IN | true
                    type is TYPE65281                  | TYPE65281 | IN | true
                    type is ANY                        | A      | IN | false
                    class is IN                        | A      | IN | true
                    class is CH                        | A      | CH | true
                    class is not IN                    | A      | CH | true
                    class is CLASS3                    | A      | CH | true
                    class is IN and type is MX         | MX     | IN | true
                    type is MX and class is IN         | MX     | IN | true
                    type is MX and class is IN         | MX     | CH | false
                    type is MX and class is IN         | A      | IN | false
                    type is not MX and class is not CH | A      | IN | true
                    """)
    void holds_typeAndClass(String condition, String type, String dnsClass, boolean holds) {
        assertHolds(
                holds,
                condition,
                Rules.FRIDAY_NIGHT,
                Queries.of("a.test", Type.value(type, true), DClass.value(dnsClass)),
                Rules.asker("127.0.0.1", Transport.UDP));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    client is 10.0.0.1                 | 10.0.0.1      | UDP | true
                    client is 10.0.0.1                 | 10.0.0.2      | UDP | false
                    client is not 10.0.0.1             | 10.0.0.2      | UDP | true
                    client is 10.0.0.0/8               | 10.9.9.9      | UDP | true
                    client is 10.0.0.0/8, ::1          | ::1           | UDP | true
                    client is 2001:db8::/32            | 2001:db8:1::1 | UDP | true
                    client is 2001:db8::/32            | 2001:db9::1   | UDP | false
                    client is ::ffff:10.0.0.1          | 10.0.0.1      | UDP | true
                    client is kids                     | 192.168.1.20  | UDP | true
                    client is kids                     | 192.168.7.99  | UDP | true
                    client is kids                     | 192.168.8.1   | UDP | false
                    client is not kids                 | 192.168.8.1   | UDP | true
                    client is nobody                   | 192.168.8.1   | UDP | false
                    client is nobody, 10.0.0.1,kids    | 192.168.7.1   | UDP | true
                    transport is udp                   | 10.0.0.1      | UDP | true
                    transport is TCP                   | 10.0.0.1      | TCP | true
                    transport is tcp                   | 10.0.0.1      | UDP | false
                    transport is not tcp               | 10.0.0.1      | UDP | true
                    transport is udp, tcp              | 10.0.0.1      | TCP | true
                    client is kids and transport is tcp | 192.168.7.1  | UDP | false
                    client is kids and transport is tcp | 192.168.7.1  | TCP | true
                    """)
    void holds_clientAndTransport(String condition, String client, Transport transport, boolean holds) {
        assertHolds(holds, condition, Rules.FRIDAY_NIGHT, Queries.of("a.test", Type.A), Rules.asker(client, transport));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    time is 00:00-24:00                | 2026-11-27T23:59:59 | true
                    time is 00:00-24:00                | 2026-11-28T00:00:00 | true
                    time is 22:00-24:00                | 2026-11-27T23:59:59 | true
                    time is 22:00-24:00                | 2026-11-28T00:00:00 | false
                    time is 22:00-06:00                | 2026-11-27T21:59:59 | false
                    time is 22:00-06:00                | 2026-11-27T22:00:00 | true
                    time is 22:00-06:00                | 2026-11-28T00:00:00 | true
                    time is 22:00-06:00                | 2026-11-28T05:59:59 | true
                    time is 22:00-06:00                | 2026-11-28T06:00:00 | false
                    time is not 22:00-06:00            | 2026-11-28T06:00:00 | true
                    time is 08:00-12:00                | 2026-11-27T08:00:00 | true
                    time is 08:00-12:00                | 2026-11-27T12:00:00 | false
                    time is 08:00-12:00, 13:00-17:00   | 2026-11-27T16:00:00 | true
                    time is 08:00-12:00,13:00-17:00    | 2026-11-27T12:30:00 | false
                    day is fri                         | 2026-11-27T12:00:00 | true
                    day is FRI                         | 2026-11-27T12:00:00 | true
                    day is mon-fri                     | 2026-11-27T12:00:00 | true
                    day is mon-fri                     | 2026-11-28T12:00:00 | false
                    day is not mon-fri                 | 2026-11-28T12:00:00 | true
                    day is sat-mon                     | 2026-11-29T12:00:00 | true
                    day is sat-mon                     | 2026-11-30T12:00:00 | true
                    day is sat-mon                     | 2026-12-01T12:00:00 | false
                    day is sat, sun                    | 2026-11-29T12:00:00 | true
                    day is tue-tue                     | 2026-12-01T12:00:00 | true
                    day is fri and time is 20:00-00:00 | 2026-11-27T23:59:59 | true
                    """)
    void holds_timeAndDay_inTheServersZone(String condition, String local, boolean holds) {
        ZoneId zone = ZoneId.of("America/New_York");
        Instant instant = java.time.LocalDateTime.parse(local).atZone(zone).toInstant();
        assertHolds(
                holds,
                condition,
                Clock.fixed(instant, zone),
                Queries.of("a.test", Type.A),
                Rules.asker("127.0.0.1", Transport.UDP));
    }

    private static void assertHolds(boolean holds, String condition, Clock clock, byte[] query, Asker asker) {
        FakeVerb hit = FakeVerb.plain("hit", q -> Outcome.drop());
        RuleBook book = Rules.book(clock, GROUPS, List.of(hit), "hit ^a if " + condition);
        Verdict verdict = book.decide(Inquiry.of(asker, Queries.decoded(query)));
        assertEquals(holds, verdict instanceof Verdict.Drop, condition);
    }
}
