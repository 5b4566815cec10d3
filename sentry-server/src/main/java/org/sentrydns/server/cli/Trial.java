package org.sentrydns.server.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Policy;
import org.sentrydns.api.Upstream;
import org.sentrydns.server.cache.CachingResolver;
import org.sentrydns.server.config.Config;
import org.sentrydns.server.edition.Edition;
import org.sentrydns.server.log.Muted;
import org.sentrydns.server.loop.QueryLoops;
import org.sentrydns.server.query.Policies;
import org.sentrydns.server.query.QueryHandler;
import org.sentrydns.server.query.SpecialNames;
import org.sentrydns.server.rule.Deed;
import org.sentrydns.server.rule.Inquiry;
import org.sentrydns.server.rule.Verdict;
import org.sentrydns.server.stats.NanoClock;
import org.sentrydns.server.stats.Statistics;
import org.sentrydns.server.upstream.UpstreamFigures;
import org.sentrydns.server.upstream.UpstreamReply;
import org.sentrydns.server.upstream.UpstreamSettings;
import org.sentrydns.server.upstream.Upstreams;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.UpstreamQuery;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

/**
 * What came of really asking. Immutable. The whole way of a query is gone first, with an empty cache, and then each upstream
 * is asked alone, since a race calls off those that are too late to say when they would have answered.
 *
 * @param asked whether somebody was to be asked
 * @param winner whose reply the client gets, as far as an upstream's
 * @param legs what each upstream does alone
 * @param overruled what another rule has decided about a name that the reply leads to
 * @param reply as dig would show it
 */
record Trial(boolean asked, Optional<String> winner, List<Leg> legs, Optional<String> overruled, String reply) {
    static final Trial NONE = new Trial(false, Optional.empty(), List.of(), Optional.empty(), "");
    private static final int UDP_SIZE = 1232;

    /** How one upstream answers. */
    record Leg(String upstream, String answer, double millis) {}

    static Trial of(Edition edition, Inquiry inquiry, Verdict verdict) throws IOException, InterruptedException {
        Config config = edition.config();
        UpstreamSettings settings =
                new UpstreamSettings(config.resolutionTimeout(), config.caseRandomisation(), false, config.bootstrap());
        try (QueryLoops loops = QueryLoops.start();
                Upstreams upstreams = new Upstreams(settings, address -> false, loops)) {
            AtomicReference<@Nullable Verdict> last = new AtomicReference<>();
            String reply = whole(edition, inquiry, upstreams, last);
            Optional<String> winner = winner(upstreams, verdict);
            boolean special = config.specialNames() && SpecialNames.concern(verdict);
            List<Leg> legs =
                    verdict instanceof Verdict.Forward forward && !special ? legs(upstreams, forward) : List.of();
            return new Trial(true, winner, legs, overruled(verdict, last.get()), reply);
        }
    }

    /** Of those that the rule names: the addresses of upstreams with a name were asked of others before. */
    private static Optional<String> winner(Upstreams upstreams, Verdict verdict) {
        if (!(verdict instanceof Verdict.Forward forward)) {
            return Optional.empty();
        }
        Set<String> asked = upstreams.asked(forward.forward().upstreams()).stream()
                .map(Upstream::toString)
                .collect(Collectors.toSet());
        return upstreams.figures().stream()
                .filter(upstream -> upstream.won() > 0 && asked.contains(upstream.name()))
                .map(UpstreamFigures::name)
                .findFirst();
    }

    private static Optional<String> overruled(Verdict verdict, @Nullable Verdict last) {
        return last == null || last.decider().equals(verdict.decider())
                ? Optional.empty()
                : last.decider().map(rule -> rule + ": " + Deed.of(last));
    }

    private static String whole(
            Edition edition, Inquiry inquiry, Upstreams upstreams, AtomicReference<@Nullable Verdict> last)
            throws IOException {
        Config config = edition.config();
        Duration timeout = config.resolutionTimeout();
        CachingResolver resolver =
                new CachingResolver(upstreams, upstreams::asked, config.cache(), timeout, NanoClock.SYSTEM);
        Policies policies = new Policies(config.specialNames(), config.inspectAnswers(), config.rebinding());
        QueryHandler handler = new QueryHandler(
                edition.rules(),
                resolver,
                new Statistics(NanoClock.SYSTEM),
                policies,
                (asker, query, verdict, from, reply, nanos) -> last.set(verdict));
        return Muted.run(() -> dig(handler.handle(withEdns(inquiry), inquiry.asker())));
    }

    /** The reply then says why it is as it is (RFC 8914). */
    private static byte[] withEdns(Inquiry inquiry) throws IOException {
        Message message = new Message(inquiry.message().bytes());
        message.addRecord(new OPTRecord(UDP_SIZE, 0, 0), Section.ADDITIONAL);
        return message.toWire();
    }

    private static List<Leg> legs(Upstreams upstreams, Verdict.Forward forward) throws InterruptedException {
        UpstreamQuery query =
                UpstreamQuery.of(forward.inquiry().message(), forward.inquiry().wireName());
        List<Leg> legs = new ArrayList<>();
        for (var upstream : upstreams.asked(forward.forward().upstreams())) {
            long begun = System.nanoTime();
            UpstreamReply reply =
                    upstreams.resolve(new Outcome.Forward(List.of(upstream), new Policy.Failover()), query);
            legs.add(new Leg(upstream.toString(), words(reply), (System.nanoTime() - begun) / 1e6));
        }
        return legs;
    }

    private static String words(UpstreamReply reply) {
        return switch (reply) {
            case UpstreamReply.Replied replied -> Rcode.string(Header.rcode(replied.message()));
            case UpstreamReply.Stale stale -> "stale " + Rcode.string(Header.rcode(stale.message()));
            case UpstreamReply.Silent silent -> silent.reason();
        };
    }

    private static String dig(byte @Nullable [] reply) throws IOException {
        return reply == null ? "no reply\n" : new Message(reply).toString();
    }

    void print(PrintStream out) {
        if (!asked) {
            return;
        }
        if (!legs.isEmpty()) {
            out.println("the cache of this command is empty; each upstream alone:");
        }
        for (Leg leg : legs) {
            out.println(String.format(
                    Locale.ROOT,
                    "     %-30s %8.1f ms  %s%s",
                    leg.upstream(),
                    leg.millis(),
                    leg.answer(),
                    winner.equals(Optional.of(leg.upstream())) ? "  <- won" : ""));
        }
        overruled.ifPresent(rule -> out.println("the answer leads to what is decided by " + rule));
        out.println();
        out.println(reply.strip());
    }

    void addTo(Map<String, Object> tree) {
        if (!asked) {
            return;
        }
        Map<String, Object> trial = new LinkedHashMap<>();
        trial.put("cache", "empty");
        winner.ifPresent(name -> trial.put("winner", name));
        List<Map<String, Object>> each = new ArrayList<>();
        for (Leg leg : legs) {
            each.add(Map.of("upstream", leg.upstream(), "answer", leg.answer(), "millis", leg.millis()));
        }
        trial.put("upstreams", each);
        overruled.ifPresent(rule -> trial.put("overruled_by", rule));
        trial.put("reply", reply);
        tree.put("resolved", trial);
    }
}
