package org.sentrydns.server.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sentrydns.server.query.Inspected.ask;
import static org.sentrydns.server.query.Inspected.maybe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sentrydns.api.Transport;
import org.sentrydns.server.config.Rebinding;
import org.sentrydns.server.log.LogLines;
import org.sentrydns.server.rule.Rules;
import org.sentrydns.server.stats.Statistics;
import org.sentrydns.server.wire.Queries;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What happens to replies of upstreams that lead where the client must not go. */
final class AnswerInspectionTest {
    private static int rcode(String name, int type, String answers, String... rules) throws IOException {
        return ask(Policies.DEFAULT, name, type, answers, rules).getRcode();
    }

    @Test
    void cnameOfAnAllowedName_isPassedByTheBlocksBehindTheAllowOnly() throws IOException {
        String cname = "shop.test CNAME x.tracker.test";
        assertEquals(Rcode.NOERROR, rcode("shop.test", Type.A, cname, "allow ^shop", "block tracker", "resolve ^"));
        assertEquals(Rcode.NXDOMAIN, rcode("shop.test", Type.A, cname, "block tracker", "allow ^shop", "resolve ^"));
    }

    /** Whoever remembers NXDOMAIN would deny the addresses that the name has (RFC 2308 section 5). */
    @ParameterizedTest
    @CsvSource({"x.tracker.test, block tracker", ". ipv4hint=192.0.2.1, block shop if type is A"})
    void httpsRecordThatIsBlocked_isNoData(String data, String rule) throws IOException {
        Message reply = ask(Policies.DEFAULT, "shop.test", Type.HTTPS, "shop.test HTTPS 1 " + data, rule, "resolve ^");
        assertEquals(Rcode.NOERROR, reply.getRcode());
        assertEquals(List.of(), reply.getSection(Section.ANSWER));
        assertEquals(1, reply.getSection(Section.AUTHORITY).size());
    }

    @Test
    void cnameIntoANameThatAShadowWouldBlock_isGivenAndTold() throws IOException {
        try (LogLines log = new LogLines("sentry.rules.block")) {
            String cname = "shop.test CNAME x.tracker.test";
            assertEquals(
                    Rcode.NOERROR,
                    rcode("shop.test", Type.A, cname, "block tracker with shadow", "block else", "resolve ^"));
            assertTrue(log.take().getFirst().startsWith("INFO would have blocked query: x.tracker.test. ("));
        }
    }

    @Test
    void cnameIntoANameThatAnotherVerbBlocks_isBlocked() throws IOException {
        String cname = "shop.test CNAME x.tracker.test";
        assertNull(maybe(Policies.DEFAULT, "shop.test", Type.A, cname, "blocklisted tracker", "resolve ^"));
        assertEquals(Rcode.NOERROR, rcode("shop.test", Type.A, cname, "drop tracker", "resolve ^"));
    }

    @Test
    void cnameIntoABlockedName_isBlocked_underTheClientsName() throws IOException {
        Message reply = ask(
                Policies.DEFAULT,
                "shop.test",
                Type.A,
                "shop.test CNAME cdn.test; cdn.test CNAME x.tracker.test; x.tracker.test A 192.0.2.1",
                "block tracker",
                "resolve ^");
        assertEquals(Rcode.NXDOMAIN, reply.getRcode());
        assertEquals(List.of(), reply.getSection(Section.ANSWER));
        assertEquals(
                Queries.name("shop.test"),
                reply.getSection(Section.AUTHORITY).getFirst().getName());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // type | answers | rules | rcode
                "A     | shop.test A 192.0.2.1                                       | block tracker, resolve ^ | 0",
                "A     | shop.test CNAME a.tracker.test                              | resolve ^, block tracker | 0",
                "A     | shop.test CNAME a.tracker.test | block tracker if type is MX, resolve ^                 | 0",
                "A     | shop.test CNAME a.tracker.test | block tracker if type is A, resolve ^                  | 3",
                "HTTPS | shop.test HTTPS 1 . ipv4hint=192.0.2.1 | block shop if type is A, resolve ^             | 0",
                "HTTPS | shop.test HTTPS 1 . ipv6hint=2001:db8::1 | block shop if type is AAAA, resolve ^        | 0",
                "HTTPS | shop.test HTTPS 1 . ipv4hint=192.0.2.1 | block shop if type is AAAA, resolve ^          | 0",
                "HTTPS | shop.test HTTPS 1 . alpn=h2    | block shop if type is A, resolve ^                     | 0",
                "HTTPS | shop.test HTTPS 1 . ipv4hint=192.0.2.1 | block shop if type is MX, resolve ^            | 0",
                "A     | shop.test CNAME a.tracker.test | fail tracker, block tracker, resolve ^                 | 2",
                "HTTPS | shop.test HTTPS 0 a.tracker.test. | block tracker, resolve ^                            | 0",
                "SVCB  | shop.test SVCB 1 a.tracker.test. alpn=h2 | block tracker, resolve ^                     | 0"
            })
    void answer_leadingToABlockedName_isBlocked(String type, String answers, String rules, int rcode)
            throws IOException {
        assertEquals(rcode, rcode("shop.test", Type.value(type), answers, rules.split(", *", -1)));
    }

    @Test
    void rules_thatAreAskedAboutNamesThatNobodyAskedFor_knowIt() throws IOException {
        String answers = "shop.test CNAME a.tracker.test; a.tracker.test A 192.0.2.1";
        assertEquals(Rcode.NXDOMAIN, rcode("shop.test", Type.A, answers, "log tracker", "block tracker", "resolve ^"));
    }

    @Test
    void answer_leadingToMoreNamesThanAnyoneMeans_isNone() throws IOException {
        assertEquals(Rcode.NOERROR, rcode("n0.test", Type.A, chain(32), "block tracker", "resolve ^"));
        assertEquals(Rcode.SERVFAIL, rcode("n0.test", Type.A, chain(33), "block tracker", "resolve ^"));
        assertEquals(Rcode.NOERROR, rcode("n0.test", Type.A, chain(33), "resolve ^"));
    }

    private static String chain(int links) {
        return IntStream.range(0, links)
                .mapToObj(i -> "n" + i + ".test CNAME n" + (i + 1) + ".test")
                .collect(Collectors.joining("; "));
    }

    /** Whoever reads figures and logs wants to know what blocked, not that the question alone would have been resolved. */
    @Test
    void blockedAnswer_isToldAsTheDecisionOfTheRuleThatBlocks() throws IOException {
        List<String> told = new ArrayList<>();
        QueryObserver observer = (asker, query, verdict, from, reply, nanos) ->
                told.add(Objects.requireNonNull(verdict).decider().orElseThrow().verb() + " "
                        + verdict.inquiry().dotted());
        QueryHandler handler = new QueryHandler(
                Rules.book(Inspected.VERBS, "block tracker", "resolve ^"),
                Inspected.upstream("shop.test CNAME a.tracker.test"),
                new Statistics(System::nanoTime),
                Policies.DEFAULT,
                observer);
        handler.handle(Queries.of("shop.test", Type.A), Rules.asker("10.0.0.1", Transport.UDP));
        assertEquals(List.of("block shop.test."), told);
    }

    @Test
    void inspectionOff_passesEverythingOn() throws IOException {
        Message reply = ask(
                new Policies(true, false, Rebinding.OFF),
                "shop.test",
                Type.A,
                "shop.test CNAME a.tracker.test",
                "block tracker",
                "resolve ^");
        assertEquals(Rcode.NOERROR, reply.getRcode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "localhost          | A    | 0 | localhost. 300 IN A 127.0.0.1",
                "Foo.LocalHost      | AAAA | 0 | Foo.LocalHost. 300 IN AAAA 0:0:0:0:0:0:0:1",
                "localhost          | MX   | 0 |",
                "a.invalid          | A    | 3 |",
                "x.onion            | A    | 3 |",
                "_dns.resolver.arpa | SVCB | 0 |",
                "a.test             | A    | 0 | a.test. 60 IN A 192.0.2.1"
            })
    void specialNames_areAnsweredHere(String name, String type, int rcode, String answer) throws IOException {
        Message reply = ask(Policies.DEFAULT, name, Type.value(type), "a.test A 192.0.2.1", "resolve ^");
        assertEquals(rcode, reply.getRcode());
        assertEquals(
                answer == null ? List.of() : List.of(answer),
                reply.getSection(Section.ANSWER).stream()
                        .map(record -> record.toString().replaceAll("\\s+", " "))
                        .toList());
    }

    @Test
    void specialNames_yieldToRules() throws IOException {
        assertNull(maybe(Policies.DEFAULT, "localhost", Type.A, "a.test A 192.0.2.1", "drop ^localhost$", "resolve ^"));
    }
}
