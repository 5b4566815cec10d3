package org.sentrydns.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** Upstreams over TLS and HTTPS, as dnsdist speaks them: who they are is verified, and their connections are kept. */
final class EncryptedUpstreamIT {
    private static final int QUERIES = 50;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = TIMEOUT.plusSeconds(10);

    @TempDir
    static Path folder;

    private static Certificate certificate;

    /** Knows the names of the upstreams, and answers what reaches it through dnsdist. */
    private static Nsd nsd;

    @BeforeAll
    static void prepare() throws Exception {
        certificate = Certificate.make(folder);
        nsd = Nsd.start(folder, """
                dns.test. IN A 127.0.0.1
                two.test. IN A 127.0.0.9
                two.test. IN A 127.0.0.1
                other.test. IN A 127.0.0.1
                *.test. IN A 192.0.2.1
                """);
    }

    @AfterAll
    static void stop() {
        nsd.close();
    }

    private static String config(EncryptedFront front) {
        return RunningSentry.config(
                        "resolve ^tls-address using " + front.tls("127.0.0.1"),
                        "resolve ^https-address using " + front.https("127.0.0.1"),
                        "resolve ^tls-name using " + front.tls("dns.test"),
                        "resolve ^https-name using " + front.https("dns.test"),
                        "resolve ^tls-two using " + front.tls("two.test"),
                        "resolve ^https-two using " + front.https("two.test"),
                        "resolve ^tls-other using " + front.tls("other.test"),
                        "resolve ^https-other using " + front.https("other.test"))
                .replace(
                        "\"rules\"",
                        "\"bootstrap\": [\"%s\"],\n  \"resolution_timeout\": %d,\n  \"rules\""
                                .formatted(nsd.upstream(), TIMEOUT.toSeconds()));
    }

    private static EncryptedFront front() throws IOException {
        return EncryptedFront.start(folder, certificate, nsd.upstream());
    }

    private static RunningSentry trusting(EncryptedFront front) throws IOException {
        return RunningSentry.startWith(certificate.flags(), folder, config(front));
    }

    @Test
    void resolve_overTlsAndHttps_answersByAddressAndByName() throws Exception {
        try (EncryptedFront dnsdist = front();
                RunningSentry sentry = trusting(dnsdist);
                DnsClient client = new DnsClient(sentry.port(), PATIENCE)) {
            for (String label : List.of("tls-address", "https-address", "tls-name", "https-name")) {
                assertAnswered(client.ask(label + ".test").orElseThrow());
            }
            assertTrue(dnsdist.tlsConnections() > 0 && dnsdist.httpsConnections() > 0);
        }
    }

    /** Nobody listens at one of its two. */
    @Test
    void resolve_byANameWithAnAddressThatIsDead_isAnswered() throws Exception {
        try (EncryptedFront dnsdist = front();
                RunningSentry sentry = trusting(dnsdist);
                DnsClient client = new DnsClient(sentry.port(), PATIENCE)) {
            for (String label : List.of("tls-two", "https-two")) {
                for (int i = 0; i < 3; i++) {
                    assertAnswered(client.ask(label + i + ".test").orElseThrow());
                }
            }
        }
    }

    @Test
    void resolve_overHttpsManyAtOnceFromTheStart_opensNoConnectionForEach() throws Exception {
        try (EncryptedFront dnsdist = front();
                RunningSentry sentry = trusting(dnsdist);
                DnsClient client = new DnsClient(sentry.port(), PATIENCE)) {
            for (int i = 0; i < 200; i++) {
                client.send(DnsClient.question("https-name" + i + ".test"));
            }
            for (int i = 0; i < 200; i++) {
                assertAnswered(client.receive());
            }
            int https = dnsdist.httpsConnections();
            assertTrue(https >= 1 && https <= 2, () -> https + " connections over HTTPS");
        }
    }

    @Test
    void resolve_withANameThatTheCertificateLacks_isServfailInTime() throws Exception {
        try (EncryptedFront dnsdist = front();
                RunningSentry sentry = trusting(dnsdist);
                DnsClient client = new DnsClient(sentry.port(), PATIENCE)) {
            assertServfailInTime(client, "tls-other.test");
            assertServfailInTime(client, "https-other.test");
            assertAnswered(client.ask("tls-name.test").orElseThrow());
            assertTrue(dnsdist.tlsConnections() > 1, "the other name was never tried");
        }
    }

    @Test
    void resolve_withACertificateThatNobodyTrusts_isServfailInTime() throws Exception {
        try (EncryptedFront dnsdist = front();
                RunningSentry sentry = RunningSentry.start(folder, config(dnsdist));
                DnsClient client = new DnsClient(sentry.port(), PATIENCE)) {
            for (String label : List.of("tls-address", "https-address", "tls-name", "https-name")) {
                assertServfailInTime(client, label + ".test");
            }
            assertTrue(dnsdist.tlsConnections() > 0 && dnsdist.httpsConnections() > 0);
        }
    }

    @Test
    void resolve_overTlsAndHttps_keepsItsConnections() throws Exception {
        try (EncryptedFront dnsdist = front();
                RunningSentry sentry = trusting(dnsdist);
                DnsClient client = new DnsClient(sentry.port(), PATIENCE)) {
            askOneByOneAndAllAtOnce(client, "tls-address");
            askOneByOneAndAllAtOnce(client, "https-address");

            int tls = dnsdist.tlsConnections();
            int https = dnsdist.httpsConnections();
            System.out.printf("%d queries each: %d connections over TLS, %d over HTTPS%n", QUERIES, tls, https);
            assertTrue(tls >= 1 && tls <= 2, () -> tls + " connections over TLS");
            assertTrue(https >= 1 && https <= 2, () -> https + " connections over HTTPS");
        }
    }

    private static void askOneByOneAndAllAtOnce(DnsClient client, String label) throws IOException {
        for (int i = 0; i < QUERIES / 2; i++) {
            assertAnswered(client.ask(label + i + ".test").orElseThrow());
        }
        for (int i = QUERIES / 2; i < QUERIES; i++) {
            client.send(DnsClient.question(label + i + ".test"));
        }
        for (int i = QUERIES / 2; i < QUERIES; i++) {
            assertAnswered(client.receive());
        }
    }

    @Test
    void resolve_overTlsAndHttps_padsItsQuestions() throws Exception {
        try (EncryptedFront dnsdist = front();
                RunningSentry sentry = trusting(dnsdist);
                DnsClient direct = new DnsClient(dnsdist.plainPort(), PATIENCE);
                DnsClient client = new DnsClient(sentry.port(), PATIENCE)) {
            assertEquals(
                    Rcode.REFUSED,
                    direct.ask("tls-address.padded.test").orElseThrow().getRcode());
            for (String label : List.of("tls-address", "https-address")) {
                assertAnswered(client.ask(label + ".padded.test").orElseThrow());
                assertAnswered(
                        client.ask(label + ".of-another-length.padded.test").orElseThrow());
            }
        }
    }

    private static void assertAnswered(Message reply) {
        assertEquals(Rcode.NOERROR, reply.getRcode(), reply::toString);
        List<Record> answer = reply.getSection(Section.ANSWER);
        assertEquals(1, answer.size(), reply::toString);
        assertEquals("192.0.2.1", ((ARecord) answer.getFirst()).getAddress().getHostAddress());
    }

    private static void assertServfailInTime(DnsClient client, String name) throws IOException {
        long start = System.nanoTime();
        Message reply = client.ask(name).orElseThrow();
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        assertEquals(Rcode.SERVFAIL, reply.getRcode(), reply::toString);
        assertTrue(took.compareTo(TIMEOUT.plusSeconds(1)) < 0, () -> name + " took " + took);
    }
}
