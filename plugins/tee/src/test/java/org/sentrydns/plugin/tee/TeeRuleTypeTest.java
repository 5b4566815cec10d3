package org.sentrydns.plugin.tee;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.RuleSyntaxException;
import org.sentrydns.testkit.RuleLine;
import org.sentrydns.testkit.TestQuery;
import org.xbill.DNS.Message;

final class TeeRuleTypeTest {

    @Test
    void tee_query_arrivesAsACopyAndPasses() throws Exception {
        try (DatagramSocket other = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                RuleLine line = RuleLine.of("tee ^ to 127.0.0.1:" + other.getLocalPort())) {
            other.setSoTimeout(10_000);
            assertEquals(Outcome.pass(), line.ask("Www.example.com MX"));
            DatagramPacket packet = new DatagramPacket(new byte[512], 512);
            other.receive(packet);
            Message copy = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
            assertEquals("Www.example.com.\t0\tIN\tMX", copy.getQuestion().toString());
            assertTrue(copy.getOPT() != null);
            assertEquals(1, line.context().counted("sent"));
        }
    }

    @Test
    void tee_nobodyThere_passesAllTheSame() throws Exception {
        int port;
        try (DatagramSocket gone = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        try (RuleLine line = RuleLine.of("tee ^ to 127.0.0.1:" + port)) {
            for (int i = 0; i < 3; i++) {
                assertEquals(Outcome.pass(), line.ask("a.test"));
            }
            assertEquals(3, line.context().counted("sent") + line.context().counted("lost"));
        }
    }

    @Test
    void tee_toTheVeryServer_sendsNothing() throws Exception {
        try (RuleLine line = RuleLine.of("tee ^ to 127.0.0.1:5700")) {
            assertEquals(Outcome.pass(), line.ask("a.test"));
            assertEquals(1, line.context().counted("lost"));
        }
    }

    /** Over another of this machine's addresses, for instance, which the line does not know. */
    @Test
    void tee_ofACopyThatHasComeBack_sendsNothing() throws Exception {
        try (DatagramSocket other = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                RuleLine first = RuleLine.of("tee ^ to 127.0.0.1:" + other.getLocalPort());
                RuleLine second = RuleLine.of("tee ^ to 127.0.0.1:" + other.getLocalPort())) {
            other.setSoTimeout(10_000);
            first.ask("a.test");
            DatagramPacket copy = new DatagramPacket(new byte[512], 512);
            other.receive(copy);
            TestQuery query = TestQuery.of("a.test");
            TestQuery back = new TestQuery(
                    query.name(),
                    query.askedName(),
                    query.type(),
                    query.dnsClass(),
                    (InetSocketAddress) copy.getSocketAddress(),
                    query.server(),
                    query.transport(),
                    query.hasEdns(),
                    false,
                    false,
                    query.listEntry(),
                    query.match());

            second.ask(back);
            assertEquals(1, second.context().counted("lost"));
            second.ask("a.test");
            assertEquals(1, second.context().counted("sent"));
        }
    }

    @Test
    void tee_rehearsalOrClosed_sendsNothing() throws Exception {
        RuleLine line = RuleLine.of("tee ^ to 127.0.0.1:5701");
        line.ask(TestQuery.of("a.test").rehearsed());
        assertEquals(0, line.context().counted("sent"));
        line.close();
        assertEquals(Outcome.pass(), line.ask("a.test"));
        assertEquals(0, line.context().counted("sent"));
        assertEquals(1, line.context().counted("lost"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "tee ^a                 | 7  | expected 'to'",
                "tee ^a to              | 10 | expected an IP address, with a port or without",
                "tee ^a to tls://1.1.1.1 | 11 | copies go over UDP: expected an IP address, with a port up to 65535 or without, such as 192.0.2.1, 192.0.2.1:5353 or [2001:db8::1]:53",
                "tee ^a to 0.0.0.0      | 11 | copies to 0.0.0.0 would come back here: expected the address of another server",
                "tee ^a to 1.1.1.1 twice | 19 | expected 'if' or the end of the rule"
            })
    void compile_wrongArguments_saysWhereAndWhat(String line, int column, String message) {
        RuleSyntaxException error = RuleLine.mistake(line);
        assertEquals(message, error.getMessage());
        assertEquals(column, error.column());
    }
}
