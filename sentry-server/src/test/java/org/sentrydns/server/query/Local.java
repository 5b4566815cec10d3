package org.sentrydns.server.query;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sentrydns.api.RuleType;
import org.sentrydns.api.Transport;
import org.sentrydns.server.config.Rebinding;
import org.sentrydns.server.rule.RuleBook;
import org.sentrydns.server.rule.Rules;
import org.sentrydns.server.stats.Statistics;
import org.sentrydns.server.upstream.FakeUpstream;
import org.sentrydns.server.upstream.Upstreams;
import org.sentrydns.server.wire.Queries;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;

/** Handlers of rule lines, without listeners, for tests. */
final class Local {
    /** Whatever the rules say goes. */
    static final Policies PLAIN = new Policies(false, false, Rebinding.OFF);

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private Local() {}

    /** A handler and what it needs. */
    record Server(QueryHandler handler, Statistics statistics, Upstreams upstreams) implements AutoCloseable {

        byte @Nullable [] handle(Transport transport, byte[] query) {
            return handler.handle(query, Rules.asker("10.0.0.1", transport));
        }

        /** Over TCP, so that nothing is truncated. */
        Message ask(byte[] query) throws IOException {
            byte[] reply = handle(Transport.TCP, query);
            if (reply == null) {
                throw new AssertionError("there was no reply");
            }
            return new Message(reply);
        }

        @Override
        public void close() {
            upstreams.close();
        }
    }

    static Server server(List<? extends RuleType> verbs, String... lines) throws IOException {
        RuleBook rules = Rules.book(verbs, lines);
        Statistics statistics = new Statistics(System::nanoTime);
        Upstreams upstreams = FakeUpstream.asking(TIMEOUT);
        return new Server(new QueryHandler(rules, upstreams, statistics, PLAIN), statistics, upstreams);
    }

    static byte @Nullable [] handle(List<? extends RuleType> verbs, Transport transport, byte[] query, String... lines)
            throws IOException {
        try (Server server = server(verbs, lines)) {
            return server.handle(transport, query);
        }
    }

    /** What there must be. */
    static byte[] reply(List<? extends RuleType> verbs, Transport transport, byte[] query, String... lines)
            throws IOException {
        byte[] reply = handle(verbs, transport, query, lines);
        if (reply == null) {
            throw new AssertionError("there was no reply");
        }
        return reply;
    }

    static Message ask(List<? extends RuleType> verbs, byte[] query, String... lines) throws IOException {
        try (Server server = server(verbs, lines)) {
            return server.ask(query);
        }
    }

    static Record record(String owner, int type, String data) {
        try {
            return Record.fromString(Queries.name(owner), type, DClass.IN, 60, data, Name.root);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Record[] addresses(int count) {
        Record[] records = new Record[count];
        for (int i = 0; i < count; i++) {
            records[i] = record("youtube.com", org.xbill.DNS.Type.A, "10.0." + i / 256 + "." + i % 256);
            assert records[i] instanceof ARecord;
        }
        return records;
    }

    /** {@code code text} of each extended error, lines parted by line feeds. */
    static String extendedErrors(Message reply) {
        OPTRecord opt = reply.getOPT();
        return opt == null
                ? "no OPT"
                : opt.getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR).stream()
                        .map(ExtendedErrorCodeOption.class::cast)
                        .map(error -> error.getErrorCode() + " " + error.getText())
                        .collect(Collectors.joining("\n"));
    }
}
