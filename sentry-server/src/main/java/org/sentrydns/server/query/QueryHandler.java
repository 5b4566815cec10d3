package org.sentrydns.server.query;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sentrydns.api.Reply;
import org.sentrydns.api.Transport;
import org.sentrydns.server.rule.Asker;
import org.sentrydns.server.rule.Inquiry;
import org.sentrydns.server.rule.PendingFilter;
import org.sentrydns.server.rule.RuleBook;
import org.sentrydns.server.rule.Verdict;
import org.sentrydns.server.stats.Statistics;
import org.sentrydns.server.upstream.Resolver;
import org.sentrydns.server.upstream.UpstreamReply;
import org.sentrydns.server.wire.Decoded;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.QueryMessage;
import org.sentrydns.server.wire.ReplyBytes;
import org.sentrydns.server.wire.Shortened;
import org.sentrydns.server.wire.UpstreamQuery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Turns a query's bytes into a reply's bytes. Thread-safe; each call is confined to one virtual thread. */
public final class QueryHandler {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.core");

    /** Stands for no extended error. */
    static final int NO_ERROR = -1;

    private final RuleBook rules;
    private final Resolver upstreams;
    private final Statistics statistics;
    private final boolean specialNames;
    private final AnswerInspection inspection;
    private final RebindingGuard rebinding;
    private final QueryObserver observer;
    private final Completion completion = new Completion(this);

    public QueryHandler(RuleBook rules, Resolver upstreams, Statistics statistics, Policies policies) {
        this(rules, upstreams, statistics, policies, QueryObserver.NOBODY);
    }

    /** @param observer is told how each query ended */
    public QueryHandler(
            RuleBook rules, Resolver upstreams, Statistics statistics, Policies policies, QueryObserver observer) {
        this.observer = observer;
        this.specialNames = policies.specialNames();
        this.inspection = new AnswerInspection(rules, policies.inspectAnswers());
        this.rebinding = RebindingGuard.of(policies.rebinding());
        this.rules = rules;
        this.upstreams = upstreams;
        this.statistics = statistics;
    }

    /**
     * Handles one message.
     *
     * @param bytes exactly the message
     * @param asker who sent it, and how
     * @return the reply, or null if there must be none
     */
    public byte @Nullable [] handle(byte[] bytes, Asker asker) {
        return switch (QueryMessage.decode(bytes)) {
            case Decoded.Silence silence -> null;
            case Decoded.Refusal refusal -> {
                statistics.rejected();
                yield refusal.reply();
            }
            case QueryMessage query -> {
                long started = statistics.started();
                byte[] reply = null;
                Course course = null;
                try {
                    Verdict verdict = rules.decide(Inquiry.of(asker, query));
                    course = new Course(verdict);
                    reply = fit(query, asker.transport(), answer(verdict, course));
                } catch (RuntimeException | Error e) {
                    LOG.error("a query from {} failed", asker.client(), e);
                    statistics.failed();
                    reply = ReplyBytes.empty(query, Rcode.SERVFAIL, ExtendedErrorCodeOption.OTHER, "internal error");
                } finally {
                    long nanos = statistics.finished(started, reply != null);
                    observer.finished(
                            asker,
                            query,
                            course == null ? null : course.verdict(),
                            course == null ? null : course.from(),
                            reply,
                            nanos);
                }
                yield reply;
            }
        };
    }

    private byte @Nullable [] answer(Verdict verdict, Course course) {
        byte[] reply = carryOut(verdict, 0, course);
        if (reply != null) {
            statistics.answered(verdict.inquiry().dotted());
        }
        if (course.isFailed()) {
            statistics.failed();
        }
        return reply;
    }

    /**
     * Does what the rules decided.
     *
     * @param depth how many redirects led here
     * @param course hears what becomes of it
     * @return the reply at its full size, or null for none
     */
    byte @Nullable [] carryOut(Verdict verdict, int depth, Course course) {
        QueryMessage query = verdict.inquiry().message();
        return switch (verdict) {
            case Verdict.Answer answer -> filtered(answer, local(answer, depth, course), course);
            case Verdict.Forward forward -> filtered(forward, forward(forward, course), course);
            case Verdict.Drop drop -> null;
            case Verdict.NoRule noRule -> {
                Optional<Reply> special = special(noRule.inquiry());
                if (special.isPresent()) {
                    yield LocalReply.encode(noRule.inquiry(), special.get());
                }
                course.fail();
                yield ReplyBytes.empty(
                        query, Rcode.REFUSED, ExtendedErrorCodeOption.NOT_AUTHORITATIVE, "no rule for this name");
            }
            case Verdict.Failed failure -> {
                course.fail();
                failure.report();
                yield ReplyBytes.empty(query, Rcode.SERVFAIL, ExtendedErrorCodeOption.OTHER, "a rule failed");
            }
        };
    }

    /** What the rules before wanted to see of the reply. */
    private byte @Nullable [] filtered(Verdict verdict, byte @Nullable [] reply, Course course) {
        PendingFilter first = verdict.inquiry().filters();
        if (first == null || reply == null) {
            return reply;
        }
        try {
            return FilteredReply.of(first, reply);
        } catch (FilterFailure e) {
            Verdict failure = e.verdict();
            course.overruled(failure);
            return carryOut(failure, 0, course);
        }
    }

    Verdict decide(Inquiry inquiry) {
        return rules.decide(inquiry);
    }

    private byte[] local(Verdict.Answer answer, int depth, Course course) {
        Reply reply = answer.reply();
        Reply whole = reply.completed() ? completion.complete(answer.inquiry(), reply, depth, course) : reply;
        return LocalReply.encode(answer.inquiry(), whole);
    }

    private byte @Nullable [] forward(Verdict.Forward verdict, Course course) {
        Inquiry inquiry = verdict.inquiry();
        QueryMessage query = inquiry.message();
        if (query.type() == Type.AXFR || query.type() == Type.IXFR) {
            return ReplyBytes.empty(query, Rcode.REFUSED, ExtendedErrorCodeOption.NOT_SUPPORTED, "no zone transfers");
        }
        Optional<Reply> special = special(inquiry);
        if (special.isPresent()) {
            return LocalReply.encode(inquiry, special.get());
        }
        UpstreamQuery question = UpstreamQuery.of(query, inquiry.wireName());
        try {
            return switch (upstreams.resolve(verdict.forward(), question)) {
                case UpstreamReply.Replied replied ->
                    inspected(inquiry, replied.message(), replied.from(), NO_ERROR, course);
                case UpstreamReply.Stale stale ->
                    inspected(inquiry, stale.message(), UpstreamReply.STALE, staleCode(stale.message()), course);
                case UpstreamReply.Silent silent -> {
                    LOG.debug("nobody answered {}: {}", inquiry.dotted(), silent.reason());
                    course.fail();
                    yield ReplyBytes.empty(
                            query,
                            Rcode.SERVFAIL,
                            ExtendedErrorCodeOption.NO_REACHABLE_AUTHORITY,
                            "no upstream answered");
                }
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ReplyBytes.empty(query, Rcode.SERVFAIL, ExtendedErrorCodeOption.NOT_READY, "the server stops");
        }
    }

    private Optional<Reply> special(Inquiry inquiry) {
        return specialNames ? SpecialNames.reply(inquiry) : Optional.empty();
    }

    private static int staleCode(byte[] message) {
        return Header.rcode(message) == Rcode.NXDOMAIN
                ? ExtendedErrorCodeOption.STALE_NXDOMAIN_ANSWER
                : ExtendedErrorCodeOption.STALE_ANSWER;
    }

    /** Passes an upstream's reply on, unless it leads to where the client must not go. */
    private byte @Nullable [] inspected(Inquiry inquiry, byte[] message, String from, int infoCode, Course course) {
        Verdict blocked;
        try {
            blocked = inspection.blocked(inquiry, message);
        } catch (AnswerInspection.UndecidableException e) {
            course.fail();
            return ReplyBytes.empty(
                    inquiry.message(),
                    Rcode.SERVFAIL,
                    ExtendedErrorCodeOption.INVALID_DATA,
                    String.valueOf(e.getMessage()));
        }
        if (blocked instanceof Verdict.Answer answer) {
            course.overruled(new Verdict.Answer(inquiry, answer.rule(), answer.reply()));
            return LocalReply.encode(answer.inquiry(), answer.reply());
        }
        if (blocked instanceof Verdict.Drop drop) {
            course.overruled(new Verdict.Drop(inquiry, drop.rule()));
            return null;
        }
        if (blocked instanceof Verdict.Failed failure) {
            course.overruled(new Verdict.Failed(inquiry, failure.rule(), failure.cause(), 0));
            return carryOut(failure, 0, course);
        }
        byte[] passed = rebinding.pass(inquiry, message);
        if (passed == null) {
            LOG.warn("{} was answered with a private address, which is kept from the client", inquiry.dotted());
            return ReplyBytes.empty(
                    inquiry.message(), Rcode.NOERROR, ExtendedErrorCodeOption.FILTERED, "rebinding protection");
        }
        course.cameFrom(from);
        byte[] reply = inquiry.isClientsOwn() ? ForwardedReply.restore(inquiry.message(), passed, infoCode) : null;
        return reply != null ? reply : RenamedReply.restore(inquiry, passed, infoCode);
    }

    /** A datagram must not be larger than the client takes; the rest is had over TCP (RFC 2181 section 9). */
    private static byte @Nullable [] fit(QueryMessage query, Transport transport, byte @Nullable [] reply) {
        if (reply == null) {
            return null;
        }
        return switch (transport) {
            case UDP -> {
                int size = Math.min(query.edns().size(), ReplyBytes.UDP_SIZE);
                byte[] fitting = reply.length <= size
                        ? reply
                        : Shortened.to(size, reply, query.edns().dnssecOk());
                yield fitting != null ? fitting : ReplyBytes.truncated(query, Header.rcode(reply));
            }
            case TCP ->
                reply.length <= Header.MAX_MESSAGE && (Header.flags(reply) & Header.TC) == 0
                        ? reply
                        : ReplyBytes.empty(
                                query, Rcode.SERVFAIL, ExtendedErrorCodeOption.OTHER, "more than a message can hold");
        };
    }
}
