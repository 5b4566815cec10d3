package org.sentrydns.server.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Policy;
import org.sentrydns.api.Reply;
import org.sentrydns.api.Transport;
import org.sentrydns.api.Upstream;
import org.sentrydns.server.cache.CachingResolver;
import org.sentrydns.server.config.CacheSettings;
import org.sentrydns.server.config.Limits;
import org.sentrydns.server.config.Rebinding;
import org.sentrydns.server.listen.Listeners;
import org.sentrydns.server.loop.SharedLoops;
import org.sentrydns.server.query.Policies;
import org.sentrydns.server.query.QueryHandler;
import org.sentrydns.server.rule.FakeVerb;
import org.sentrydns.server.rule.RuleBook;
import org.sentrydns.server.rule.Rules;
import org.sentrydns.server.stats.Statistics;
import org.sentrydns.server.upstream.Replies;
import org.sentrydns.server.upstream.Resolver;
import org.sentrydns.server.upstream.UpstreamReply;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.Queries;
import org.sentrydns.server.wire.UpstreamQuery;
import org.xbill.DNS.CookieOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/**
 * Odd messages from clients and upstreams. {@code -Dsentry.fuzz.inputs=10000000} makes it thorough; the short run repeats the
 * same first inputs each time.
 */
final class FuzzTest {
    private static final int INPUTS = Integer.getInteger("sentry.fuzz.inputs", 100_000);
    private static final long MAX_GROWTH = 16L << 20;
    private static final long SEED = Long.getLong("sentry.fuzz.seed", 42);

    private static final List<FakeVerb> VERBS = List.of(
            FakeVerb.rename(),
            FakeVerb.plain("block", query -> Outcome.answer(Reply.failure(3).withExtendedError(15, "blocked"))),
            FakeVerb.plain(
                    "txt",
                    query -> Outcome.answer(Reply.of(new TXTRecord(query.name(), query.dnsClass(), 60, "hello")))),
            FakeVerb.plain(
                    "resolve", query -> Outcome.forward(List.of(Upstream.parse("192.0.2.53")), new Policy.Race())));

    private static final String[] RULES = {"block ^ads\\.", "rename ^old\\. to new.test", "txt ^txt\\.", "resolve ^"};

    private static List<byte[]> queries() {
        List<byte[]> seeds = new ArrayList<>();
        for (String name : List.of("www.test", "ads.test", "old.test", "txt.test", ".", "a.b.c.d.e.f.g.test")) {
            seeds.add(Queries.of(name, Type.A));
            seeds.add(Queries.of(name, Type.HTTPS));
            seeds.add(Queries.withEdns(name, Type.AAAA, 4096, 0x8000));
            seeds.add(Queries.withEdns(name, Type.MX, 512, 0, new CookieOption(new byte[8])));
        }
        return seeds;
    }

    private static List<byte[]> replies(byte[] query) {
        return List.of(
                Replies.address(query, "192.0.2.1"),
                Replies.with(query, 0, "CNAME a.ads.test", "A 192.0.2.1", "AAAA ::1"),
                Replies.with(query, 0, "HTTPS 1 . alpn=h2 ipv4hint=192.0.2.1", "MX 10 mx.test", "TXT \"a b\""),
                Replies.with(query, 0, "SOA ns.test host.test 1 2 3 4 5", "NS ns.test", "SRV 1 2 3 a.test"),
                Replies.failure(query, 2),
                Replies.truncated(query));
    }

    /** What an upstream lets through is checked there; this one lets through all that the real check does. */
    private static Resolver oddUpstream(AtomicLong passed) {
        AtomicLong seed = new AtomicLong(SEED);
        return (forward, query) -> {
            Mutator mutator = new Mutator(seed.incrementAndGet(), replies(query.withId(7)));
            for (int i = 0; i < 20; i++) {
                byte[] reply = mutator.next();
                if (query.isAnsweredBy(reply)) {
                    passed.incrementAndGet();
                    return new UpstreamReply.Replied(reply, "192.0.2.53:53");
                }
            }
            return new UpstreamReply.Silent("nothing but garbage");
        };
    }

    private static QueryHandler handler(Resolver upstream) throws IOException {
        RuleBook rules = Rules.book(VERBS, RULES);
        Resolver cached = new CachingResolver(
                upstream,
                java.util.function.UnaryOperator.identity(),
                new CacheSettings(100, 1 << 20, 0, 60, 60),
                java.time.Duration.ofSeconds(1),
                System::nanoTime);
        return new QueryHandler(
                rules,
                cached,
                new Statistics(System::nanoTime),
                new Policies(true, true, new Rebinding(true, List.of())));
    }

    @Test
    void oddMessages_throughTheHandler_neverThrow_andRepliesAreReplies() throws IOException {
        AtomicLong passed = new AtomicLong();
        QueryHandler handler = handler(oddUpstream(passed));
        Mutator mutator = new Mutator(SEED, queries());
        long heap = 0;
        for (int i = 0; i < INPUTS; i++) {
            heap = i == INPUTS / 10 ? usedHeap() : heap;
            byte[] message = mutator.next();
            Transport transport = (i & 1) == 0 ? Transport.UDP : Transport.TCP;
            byte[] reply = handler.handle(message, Rules.asker("10.0.0.1", transport));
            if (reply != null) {
                assertTrue(reply.length >= Header.LENGTH);
                assertEquals(Header.id(message), Header.id(reply));
                assertTrue((Header.flags(reply) & Header.QR) != 0);
                assertTrue(transport == Transport.TCP || reply.length <= 1232);
            }
        }
        assertTrue(passed.get() > INPUTS / 100, "odd replies that passed: " + passed);
        long grown = usedHeap() - heap;
        assertTrue(grown < MAX_GROWTH, "the heap has grown by " + grown + " bytes");
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void oddReplies_areNeverTakenForAnAnswer_unlessTheyParse() {
        byte[] query = Queries.withEdns("www.test", Type.A, 1232, 0);
        UpstreamQuery question = UpstreamQuery.of(
                Queries.decoded(query), Name.fromConstantString("www.test.").toWire());
        Mutator mutator = new Mutator(SEED, replies(question.withId(7)));
        int taken = 0;
        for (int i = 0; i < INPUTS; i++) {
            taken += question.isAnsweredBy(mutator.next()) ? 1 : 0;
        }
        assertTrue(taken > 0 && taken < INPUTS, "taken: " + taken);
    }

    @Test
    void oddMessages_throughTheSockets_leaveTheServerAnswering() throws Exception {
        QueryHandler handler = handler(oddUpstream(new AtomicLong()));
        try (Listeners listeners = Listeners.open(
                InetAddress.getLoopbackAddress(),
                0,
                new Limits(1000, 100),
                handler::handle,
                new Statistics(System::nanoTime),
                SharedLoops.get())) {
            Mutator mutator = new Mutator(SEED, queries());
            try (DatagramSocket socket = new DatagramSocket()) {
                for (int i = 0; i < INPUTS / 10; i++) {
                    byte[] message = mutator.next();
                    socket.send(new DatagramPacket(message, message.length, listeners.local()));
                }
            }
            for (int i = 0; i < INPUTS / 1000; i++) {
                sendFrames(listeners.local(), mutator, i % 3 == 0);
            }
            Awaitility.await().ignoreExceptions().until(() -> answers(listeners.local()));
        }
    }

    private static void sendFrames(InetSocketAddress server, Mutator mutator, boolean wrongLengths) throws IOException {
        try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
            OutputStream out = socket.getOutputStream();
            for (int i = 0; i < 10; i++) {
                byte[] message = mutator.next();
                int length = wrongLengths ? message.length * 2 : message.length;
                out.write(new byte[] {(byte) (length >> 8), (byte) length});
                out.write(message);
            }
        } catch (IOException e) {
            // The server may close on what is no message.
            assertTrue(server.getPort() > 0, e.toString());
        }
    }

    private static boolean answers(InetSocketAddress server) throws IOException {
        try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
            socket.setSoTimeout(1000);
            byte[] query = Queries.of("txt.test", Type.TXT);
            socket.getOutputStream().write(new byte[] {0, (byte) query.length});
            socket.getOutputStream().write(query);
            InputStream in = socket.getInputStream();
            int length = in.read() << 8 | in.read();
            return new Message(in.readNBytes(length)).getRcode() == 0;
        }
    }
}
