package org.sentrydns.server.cache;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Policy;
import org.sentrydns.api.Upstream;
import org.sentrydns.server.config.CacheSettings;
import org.sentrydns.server.upstream.UpstreamReply;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.Queries;
import org.sentrydns.server.wire.QueryMessage;
import org.sentrydns.server.wire.UpstreamQuery;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A cache before an upstream that is a function, for tests. It counts what is asked; its clock is turned by hand. */
final class ScriptedCache {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private final Map<List<Upstream>, List<Upstream>> machine = new HashMap<>();
    private final CachingResolver resolver;

    ScriptedCache(CacheSettings settings, Function<UpstreamQuery, UpstreamReply> upstream) {
        resolver = new CachingResolver(
                (forward, query) -> {
                    asked.incrementAndGet();
                    return upstream.apply(query);
                },
                group -> machine.getOrDefault(group, group),
                settings,
                TIMEOUT,
                now::get);
    }

    int asked() {
        return asked.get();
    }

    /** Has another upstream asked in the place of one. */
    void asks(String upstream, String instead) {
        machine.put(List.of(Upstream.parse(upstream)), List.of(Upstream.parse(instead)));
    }

    long flush() {
        return resolver.flush();
    }

    long entries() {
        return resolver.figures().getOrDefault("cache.entries", -1L).longValue();
    }

    long joined() {
        return resolver.figures().getOrDefault("cache.joined_in_flight", -1L).longValue();
    }

    void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    UpstreamReply ask(byte[] client, String upstream) throws InterruptedException {
        QueryMessage message = Queries.decoded(client);
        byte[] name = Arrays.copyOfRange(client, Header.QUESTION, message.questionEnd() - 4);
        return resolver.resolve(
                new Outcome.Forward(List.of(Upstream.parse(upstream)), new Policy.Race()),
                UpstreamQuery.of(message, name));
    }

    UpstreamReply ask(byte[] client) throws InterruptedException {
        return ask(client, "192.0.2.53");
    }

    UpstreamReply ask(String name, int type) throws InterruptedException {
        return ask(Queries.of(name, type));
    }

    /** Records are given as {@code section owner ttl type data}. */
    static UpstreamReply reply(UpstreamQuery query, int rcode, String... records) {
        try {
            Message reply = new Message(0);
            reply.getHeader().setFlag(Flags.QR);
            reply.getHeader().setRcode(rcode);
            reply.addRecord(new Message(query.withId(0)).getQuestion(), Section.QUESTION);
            for (String record : records) {
                String[] part = record.trim().split(" ", 5);
                reply.addRecord(
                        Record.fromString(
                                Queries.name(part[1]),
                                Type.value(part[3]),
                                DClass.IN,
                                Long.parseLong(part[2]),
                                part[4],
                                Name.root),
                        Section.value(part[0]));
            }
            return new UpstreamReply.Replied(reply.toWire(Header.MAX_MESSAGE), "192.0.2.53:53");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Message message(UpstreamReply reply) throws IOException {
        return switch (reply) {
            case UpstreamReply.Replied replied -> new Message(replied.message());
            case UpstreamReply.Stale stale -> new Message(stale.message());
            case UpstreamReply.Silent silent -> throw new AssertionError(silent.reason());
        };
    }

    /** The TTLs of all records, section by section. */
    static List<Long> ttls(UpstreamReply reply) throws IOException {
        Message message = message(reply);
        return List.of(Section.ANSWER, Section.AUTHORITY, Section.ADDITIONAL).stream()
                .flatMap(section -> message.getSection(section).stream())
                .map(Record::getTTL)
                .toList();
    }
}
