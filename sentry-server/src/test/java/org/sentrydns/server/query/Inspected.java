package org.sentrydns.server.query;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Policy;
import org.sentrydns.api.Reply;
import org.sentrydns.api.Transport;
import org.sentrydns.api.Upstream;
import org.sentrydns.server.rule.FakeVerb;
import org.sentrydns.server.rule.Rules;
import org.sentrydns.server.stats.Statistics;
import org.sentrydns.server.upstream.Resolver;
import org.sentrydns.server.upstream.UpstreamReply;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.Queries;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Queries whose upstream answers what a test wants, under the rules that it wants. */
final class Inspected {
    static final List<FakeVerb> VERBS = List.of(
            FakeVerb.plain(
                    "block",
                    query -> Outcome.answer(Reply.failure(Rcode.NXDOMAIN)
                            .withAuthority(new SOARecord(
                                    query.name(), DClass.IN, 300, Name.root, Name.root, 1, 1, 1, 1, 300)))),
            FakeVerb.plain("fail", query -> {
                throw new IllegalStateException("it cannot tell");
            }),
            FakeVerb.plain(
                    "blocklisted", // a stranger's, that asks somebody
                    query -> !query.isRehearsal() || query.isFollowed() ? Outcome.drop() : Outcome.pass()),
            FakeVerb.plain("drop", query -> Outcome.drop()),
            FakeVerb.plain("allow", query -> Outcome.passOver("block")),
            FakeVerb.plain("log", query -> {
                if (!query.isRehearsal()) {
                    throw new AssertionError("nobody asked for " + query.name());
                }
                return Outcome.pass();
            }),
            FakeVerb.plain(
                    "resolve", query -> Outcome.forward(List.of(Upstream.parse("192.0.2.53")), new Policy.Race())));

    /** @param answers each {@code owner type data}, parted by semicolons; behind a plus, what is added to the answer */
    static @Nullable Message maybe(Policies policies, String name, int type, String answers, String... rules)
            throws IOException {
        QueryHandler handler = new QueryHandler(
                Rules.book(VERBS, rules), upstream(answers), new Statistics(System::nanoTime), policies);
        byte[] reply = handler.handle(Queries.of(name, type), Rules.asker("10.0.0.1", Transport.UDP));
        return reply == null ? null : new Message(reply);
    }

    static Resolver upstream(String answers) {
        return (forward, query) -> {
            try {
                Message reply = new Message(0);
                reply.getHeader().setFlag(Flags.QR);
                reply.addRecord(new Message(query.withId(0)).getQuestion(), Section.QUESTION);
                for (String answer : answers.split("; *", -1)) {
                    boolean added = answer.startsWith("+");
                    String[] part = answer.substring(added ? 1 : 0).split(" ", 3);
                    reply.addRecord(
                            Record.fromString(
                                    Queries.name(part[0]), Type.value(part[1]), DClass.IN, 60, part[2], Name.root),
                            added ? Section.ADDITIONAL : Section.ANSWER);
                }
                return new UpstreamReply.Replied(reply.toWire(Header.MAX_MESSAGE), "192.0.2.53:53");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        };
    }

    static Message ask(Policies policies, String name, int type, String answers, String... rules) throws IOException {
        return Objects.requireNonNull(maybe(policies, name, type, answers, rules), "no reply");
    }

    private Inspected() {}
}
