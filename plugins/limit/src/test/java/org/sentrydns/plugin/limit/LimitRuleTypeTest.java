package org.sentrydns.plugin.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Reply;
import org.sentrydns.api.RuleSyntaxException;
import org.sentrydns.testkit.RuleLine;
import org.sentrydns.testkit.TestQuery;
import org.xbill.DNS.Rcode;

final class LimitRuleTypeTest {
    private static final long SECOND = 1_000_000_000;

    private final AtomicLong now = new AtomicLong(-5);

    private RuleLine line(String text) throws RuleSyntaxException {
        return RuleLine.of(new LimitRuleType(now::get), text);
    }

    private static List<Boolean> asked(RuleLine line, String client, int times) throws Exception {
        List<Boolean> passed = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            passed.add(line.ask("a.test A from " + client).equals(Outcome.pass()));
        }
        return passed;
    }

    @Test
    void limit_client_mayAskSoOftenASecond() throws Exception {
        try (RuleLine line = line("limit ^ to 2 per second per client")) {
            assertEquals(List.of(true, true, false), asked(line, "10.0.0.1", 3));
            assertEquals(List.of(true), asked(line, "10.0.0.2", 1));
            now.addAndGet(SECOND / 2);
            assertEquals(List.of(true, false), asked(line, "10.0.0.1", 2));
            now.addAndGet(100 * SECOND);
            assertEquals(List.of(true, true, false), asked(line, "10.0.0.1", 3));
        }
    }

    @Test
    void limit_burst_isWhatMayComeAtOnce() throws Exception {
        try (RuleLine line = line("limit ^ to 1 per second per client burst 3 with drop")) {
            assertEquals(List.of(true, true, true, false), asked(line, "10.0.0.1", 4));
            assertEquals(Outcome.drop(), line.ask("a.test A from 10.0.0.1"));
        }
    }

    @Test
    void limit_tooMuch_isRefusedWithAReason() throws Exception {
        try (RuleLine line = line("limit ^ to 1 per second per client")) {
            assertEquals(Outcome.pass(), line.ask("a.test"));
            Reply reply = line.reply("a.test");
            assertEquals(Rcode.REFUSED, reply.rcode());
            assertEquals(
                    "more than 1 queries per second from this client",
                    Objects.requireNonNull(reply.extendedError()).getText());
        }
    }

    @Test
    void limit_ipv6_countsTheNetworkOfAClient() throws Exception {
        try (RuleLine line = line("limit ^ to 1 per second per client")) {
            assertEquals(List.of(true), asked(line, "2001:db8:0:1::1", 1));
            assertEquals(List.of(false), asked(line, "2001:db8:0:1::2", 1));
            assertEquals(List.of(true), asked(line, "2001:db8:0:2::1", 1));
        }
    }

    @Test
    void limit_rehearsal_costsNothing() throws Exception {
        try (RuleLine line = line("limit ^ to 1 per second per client")) {
            for (int i = 0; i < 5; i++) {
                assertEquals(Outcome.pass(), line.ask(TestQuery.of("a.test").rehearsed()));
            }
            assertEquals(Outcome.pass(), line.ask("a.test"));
        }
    }

    @Test
    void limit_inShadow_saysWhatItWouldRefuse() throws Exception {
        try (RuleLine line = line("limit ^ to 1 per second per client")) {
            assertEquals(Outcome.pass(), line.ask(TestQuery.of("a.test").inShadow()));
            assertTrue(line.ask(TestQuery.of("a.test").inShadow()) instanceof Outcome.Answer);
        }
    }

    @Test
    void take_moreClientsThanFit_staysBoundedAndForgetsQuietOnes() throws Exception {
        ClientRates rates = new ClientRates(1, 1, now::get);
        for (int i = 0; i < ClientRates.MAX_CLIENTS + 1000; i++) {
            assertTrue(
                    rates.take(InetAddress.getByAddress(new byte[] {10, (byte) (i >> 16), (byte) (i >> 8), (byte) i})));
        }
        assertEquals(ClientRates.MAX_CLIENTS, rates.clients());
        now.addAndGet(2 * SECOND);
        assertTrue(rates.take(InetAddress.getByName("192.0.2.1")));
        assertEquals(1, rates.clients());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "limit ^a                                | 9  | expected 'to'",
                "limit ^a to                             | 12 | expected how many queries",
                "limit ^a to 0                           | 13 | expected how many queries, from 1 to 1000000",
                "limit ^a to 5 a second                  | 15 | expected 'per'",
                "limit ^a to 5 per second per client burst x | 43 | expected how many queries at once, from 1 to 1000000",
                "limit ^a to 5 per second per client with tc | 42 | expected one of refused, drop"
            })
    void compile_wrongArguments_saysWhereAndWhat(String line, int column, String message) {
        RuleSyntaxException error = RuleLine.mistake(line);
        assertEquals(message, error.getMessage());
        assertEquals(column, error.column());
    }
}
