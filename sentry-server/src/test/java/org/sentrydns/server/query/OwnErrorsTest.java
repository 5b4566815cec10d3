package org.sentrydns.server.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Policy;
import org.sentrydns.api.Transport;
import org.sentrydns.api.Upstream;
import org.sentrydns.server.config.Rebinding;
import org.sentrydns.server.rule.FakeVerb;
import org.sentrydns.server.rule.Rules;
import org.sentrydns.server.stats.Statistics;
import org.sentrydns.server.upstream.FakeUpstream;
import org.sentrydns.server.upstream.Replies;
import org.sentrydns.server.upstream.UpstreamReply;
import org.sentrydns.server.wire.Queries;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What clients are told when Sentry itself has to say no (RFC 8914). */
@Timeout(30)
final class OwnErrorsTest {
    private static final byte[] QUERY = Queries.withEdns("www.test", Type.A, 1232, 0);

    private static FakeVerb resolve(Policy policy, Upstream... upstreams) {
        return FakeVerb.plain("resolve", query -> Outcome.forward(List.of(upstreams), policy));
    }

    private static Upstream closed() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return Upstream.parse("127.0.0.1:" + socket.getLocalPort());
        }
    }

    @Test
    void allUpstreamsDead_isServfailWithTheReason_inTime() throws Exception {
        try (FakeUpstream silent = FakeUpstream.start(question -> {});
                FakeUpstream garbage = FakeUpstream.start(question -> question.reply(new byte[] {1, 2, 3}));
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Policy> policies =
                    List.of(new Policy.Race(), new Policy.Failover(), new Policy.Hedge(Duration.ofMillis(50)));
            List<Future<Message>> replies = new ArrayList<>();
            long started = System.nanoTime();
            for (Policy policy : policies) {
                FakeVerb verb = resolve(policy, silent.overUdp(), garbage.overUdp(), silent.overTcp(), closed());
                for (Transport transport : Transport.values()) {
                    replies.add(clients.submit(
                            () -> new Message(Local.reply(List.of(verb), transport, QUERY, "resolve ."))));
                }
            }
            for (Future<Message> future : replies) {
                Message reply = future.get();
                assertEquals(Rcode.SERVFAIL, reply.getRcode());
                assertEquals("22 no upstream answered", Local.extendedErrors(reply));
            }
            Duration took = Duration.ofNanos(System.nanoTime() - started);
            assertTrue(took.toMillis() < 3500, "it took " + took);
        }
    }

    @Test
    void upstreamsWhosePortIsClosed_areServfailAtOnce() throws Exception {
        long started = System.nanoTime();
        Message reply = Local.ask(List.of(resolve(new Policy.Race(), closed(), closed())), QUERY, "resolve .");
        assertEquals(Rcode.SERVFAIL, reply.getRcode());
        assertEquals("22 no upstream answered", Local.extendedErrors(reply));
        assertTrue(System.nanoTime() - started < 1_500_000_000L);
    }

    @Test
    void addressThatIsKeptBack_isSaidToBeFiltered() throws Exception {
        QueryHandler handler = new QueryHandler(
                Rules.book(List.of(resolve(new Policy.Race(), Upstream.parse("192.0.2.53"))), "resolve ."),
                (forward, query) ->
                        new UpstreamReply.Replied(Replies.address(query.withId(1), "192.168.1.1"), "192.0.2.53:53"),
                new Statistics(System::nanoTime),
                new Policies(true, true, new Rebinding(true, List.of())));
        byte[] reply = handler.handle(QUERY, Rules.asker("10.0.0.1", Transport.UDP));
        Message message = new Message(java.util.Objects.requireNonNull(reply, "no reply"));
        assertEquals("17 rebinding protection", Local.extendedErrors(message));
        assertEquals(List.of(), message.getSection(Section.ANSWER));
    }
}
