package org.sentrydns.server.dnstap;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sentrydns.api.Upstream;
import org.sentrydns.server.config.DnstapSettings;
import org.sentrydns.server.observe.Courier;
import org.sentrydns.server.wire.Queries;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Type;

/** dnstap over TCP, to a collector that comes and goes. */
final class CollectorTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Instant ASKED = Instant.parse("2026-11-24T10:00:00.000000007Z");
    private static final byte[] QUERY = Queries.of("ads.test", Type.A);
    private static final byte[] REPLY = Queries.of("ads.test", Type.AAAA);

    private final AtomicLong now = new AtomicLong();

    private Collector collector(InetSocketAddress address) {
        return new Collector(new DnstapSettings(address, "here"), "sentry 1.2.3", now::get);
    }

    private static Courier<Tapped> courier(Collector collector) {
        return new Courier<>("test-dnstap", Tapped::size, collector);
    }

    private static Tapped tapped(byte[] query) {
        InetSocketAddress client = new InetSocketAddress("192.0.2.7", 4000);
        InetSocketAddress server = new InetSocketAddress("192.0.2.53", 53);
        return new Tapped(
                false, client, server, Tapped.protocol(Upstream.Kind.TCP), ASKED, ASKED.plusSeconds(300), query, REPLY);
    }

    /** What stands in the frames about questions. */
    private static List<byte[]> questions(Frames frames) {
        return frames.data.stream()
                .map(frame -> Fields.of(Fields.of(frame).bytes(14)))
                .filter(message -> message.number(1) == 5)
                .map(message -> message.bytes(10))
                .toList();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** As dnstap.proto numbers SocketProtocol; how the system asks is not known. */
    @ParameterizedTest
    @CsvSource({"UDP,1", "TCP,2", "TLS,3", "HTTPS,4", "SYSTEM,0"})
    void protocol_ofAnUpstream_isDnstaps(Upstream.Kind kind, int number) {
        assertEquals(number, Tapped.protocol(kind));
    }

    @Test
    void queryAndReply_arriveAsDnstapBetweenTheHandshakes() throws Exception {
        try (Frames frames = new Frames(0)) {
            Collector collector = collector(frames.address());
            try (Courier<Tapped> courier = courier(collector)) {
                courier.carry(tapped(QUERY));
                await().until(() -> frames.data.size() == 2);
            }
            await("READY, START, STOP").until(() -> frames.controls.equals(List.of(4, 2, 3)));
            assertEquals(0, collector.lost());

            Fields about = Fields.of(frames.data.getFirst());
            assertEquals("here", about.text(1));
            assertEquals("sentry 1.2.3", about.text(2));
            assertEquals(1, about.number(15));
            Fields query = Fields.of(about.bytes(14));
            assertEquals(5, query.number(1), "CLIENT_QUERY");
            assertEquals(1, query.number(2), "INET");
            assertEquals(2, query.number(3), "TCP");
            assertArrayEquals(new byte[] {(byte) 192, 0, 2, 7}, query.bytes(4));
            assertArrayEquals(new byte[] {(byte) 192, 0, 2, 53}, query.bytes(5));
            assertEquals(4000, query.number(6));
            assertEquals(53, query.number(7));
            assertEquals(ASKED.getEpochSecond(), query.number(8));
            assertEquals(7, query.number(9));
            assertArrayEquals(QUERY, query.bytes(10));

            Fields reply = Fields.of(Fields.of(frames.data.getLast()).bytes(14));
            assertEquals(6, reply.number(1), "CLIENT_RESPONSE");
            assertEquals(ASKED.getEpochSecond(), reply.number(8));
            assertEquals(ASKED.getEpochSecond() + 300, reply.number(12));
            assertEquals(7, reply.number(13));
            assertArrayEquals(REPLY, reply.bytes(14));
        }
    }

    @Test
    void collectorThatHangsUp_isConnectedAgainWithoutLoss() throws Exception {
        byte[] later = Queries.of("later.test", Type.A);
        try (Frames frames = new Frames(0)) {
            Collector collector = collector(frames.address());
            try (Courier<Tapped> courier = courier(collector)) {
                courier.carry(tapped(QUERY));
                await().until(() -> frames.data.size() == 2);
                frames.hangUp();
                await("another START").until(() -> {
                    now.addAndGet(SECOND);
                    return frames.controls.equals(List.of(4, 2, 4, 2));
                });
                courier.carry(tapped(later));
                await().until(() -> frames.data.size() == 4);
            }
            assertArrayEquals(later, questions(frames).getLast());
            assertEquals(0, collector.lost());
        }
    }

    @Test
    void queriesThatABrokenConnectionTakesAlong_areCounted() throws Exception {
        try (Frames frames = new Frames(0)) {
            Collector collector = collector(frames.address());
            collector.idle();
            await("START").until(() -> {
                collector.idle();
                return frames.controls.equals(List.of(4, 2));
            });
            collector.take(tapped(QUERY));
            collector.take(tapped(QUERY));
            frames.hangUp();
            collector.idle();

            assertEquals(2, collector.lost());
            assertEquals(List.of(), frames.data);
        }
    }

    @Test
    void manyQueriesWithoutAPause_areSentMeanwhile() throws Exception {
        try (Frames frames = new Frames(0)) {
            Collector collector = collector(frames.address());
            for (int i = 0; i < 1000; i++) {
                collector.take(tapped(QUERY));
            }
            await("those of 15 times 64").until(() -> frames.data.size() == 2 * 960);
            frames.hangUp();
            collector.idle();

            assertEquals(40, collector.lost());
        }
    }

    @Test
    void nobodyListens_blocksNothingAndIsCountedAndSaidOnce() throws Exception {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
        Collector collector = collector(address);
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        Logger log = (Logger) LoggerFactory.getLogger("sentry.net");
        log.addAppender(said);
        try (Courier<Tapped> courier = courier(collector)) {
            assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
                for (int i = 0; i < 100; i++) {
                    now.addAndGet(SECOND);
                    courier.carry(tapped(QUERY));
                }
            });
            await().until(() -> collector.lost() == 100);
            List<String> warnings = said.list.stream()
                    .map(ILoggingEvent::getFormattedMessage)
                    .filter(message -> message.contains(address.toString()))
                    .toList();
            assertEquals(1, warnings.size(), warnings::toString);
            assertTrue(warnings.getFirst().startsWith("dnstap does not reach " + address), warnings::toString);

            try (Frames frames = new Frames(address.getPort())) {
                await("START").until(() -> {
                    now.addAndGet(30 * SECOND);
                    return frames.controls.equals(List.of(4, 2));
                });
                courier.carry(tapped(QUERY));
                await().until(() -> frames.data.size() == 2);
                assertEquals(100, collector.lost());
            }
        } finally {
            log.detachAppender(said);
        }
    }

    @Test
    void collectorThatNeverAnswers_isGivenUp() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            IOException e = assertTimeoutPreemptively(
                    Duration.ofSeconds(5),
                    () -> assertThrows(
                            IOException.class,
                            () -> FrameStream.connect(mute.getLocalSocketAddress(), Duration.ofMillis(20))));
            assertEquals("it does not answer", e.getMessage());
        }
    }
}
