package org.sentrydns.server.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Policy;
import org.sentrydns.api.Query;
import org.sentrydns.api.Reply;
import org.sentrydns.api.Transport;
import org.sentrydns.api.Upstream;
import org.sentrydns.server.regex.ExhaustedException;
import org.sentrydns.server.wire.Queries;
import org.sentrydns.server.wire.QueryMessage;
import org.xbill.DNS.Type;

final class RuleBookTest {
    private final List<String> seen = new ArrayList<>();

    private final FakeVerb note = FakeVerb.plain("note", query -> {
        seen.add(query.name().toString());
        return Outcome.pass();
    });
    private final FakeVerb drop = FakeVerb.plain("drop", query -> Outcome.drop());

    private static Verdict decide(RuleBook book, QueryMessage message) {
        return book.decide(Inquiry.of(Rules.asker("10.0.0.1", Transport.TCP), message));
    }

    private static Verdict decide(RuleBook book, String name) {
        return decide(book, Queries.decoded(Queries.of(name, Type.A)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    ^www\\.            ~ www.example.com     ~ true
                    ^www\\.            ~ WwW.Example.com     ~ true
                    ^WWW\\.            ~ www.example.com     ~ true
                    google             ~ mail.google.com     ~ true
                    ^(.*).xxx          ~ foo.com ~ false
                    ^(.*).xxx          ~ foo.xxxbar.com      ~ true
                    \\.com$            ~ example.com         ~ true
                    \\.com\\.$         ~ example.com         ~ true
                    \\.com$            ~ example.com.evil.org ~ false
                    ^anch.com$         ~ anch.com            ~ true
                    ^anchd.com.$       ~ anchd.com           ~ true
                    ^(a|b)\\1\\.       ~ aa.test             ~ true
                    ^(a|b)\\1\\.       ~ ab.test             ~ false
                    ^(a|b)\\1\\.       ~ aA.test             ~ true
                    ^\\.$              ~ .                   ~ true
                    ^$                 ~ .                   ~ false
                    ^a\\\\032b\\.      ~ a\\032b.test        ~ true
                    ^a\\\\\\.b\\.test$ ~ a\\.b.test          ~ true
                    \\\\255            ~ \\255.test          ~ true
                    ^(?!www)           ~ www.test            ~ false
                    ^(?!www)           ~ mail.test           ~ true
                    this|that(.*).(.*) ~ not.this            ~ true
                    """)
    void match_pattern_isSearchedInTheNameAsPeopleWriteIt(String pattern, String name, boolean matches) {
        RuleBook book = Rules.book(List.of(drop), "drop " + pattern);
        assertEquals(matches, decide(book, name) instanceof Verdict.Drop);
    }

    @Test
    void decide_rules_areAskedInOrderUntilOneDecides() {
        FakeVerb answer = FakeVerb.plain("answer", query -> Outcome.answer(Reply.empty()));
        RuleBook book = Rules.book(List.of(note, drop, answer), "note a", "answer ^a", "drop a", "note a");
        assertInstanceOf(Verdict.Answer.class, decide(book, "a.test"));
        assertInstanceOf(Verdict.Drop.class, decide(book, "ba.test"));
        assertEquals(List.of("a.test.", "ba.test."), seen);
    }

    @Test
    void decide_noRuleDecides_saysSo() {
        RuleBook book = Rules.book(List.of(note), "note a", "note b");
        assertInstanceOf(Verdict.NoRule.class, decide(book, "ab.test"));
        assertInstanceOf(Verdict.NoRule.class, decide(Rules.book(List.of(note)), "ab.test"));
        assertEquals(2, seen.size());
    }

    @Test
    void decide_rewrites_areSeenByLaterRulesOnlyAndEnd() {
        RuleBook book = Rules.book(
                List.of(note, FakeVerb.rename()),
                "note ^Www",
                "rename ^www.google to google.com",
                "note .",
                "rename ^google to www.google.com",
                "rename ^www.google to nytimes.com",
                "note .");
        Verdict verdict = decide(book, "wWw.google.com");
        assertEquals(List.of("wWw.google.com.", "google.com.", "nytimes.com."), seen);
        assertEquals("nytimes.com.", verdict.inquiry().dotted());
        assertEquals("nytimes.com.", verdict.inquiry().name().toString());
        assertEquals("wWw.google.com.", verdict.inquiry().askedName().toString());
    }

    @Test
    void decide_throwingRule_isNamedWithItsPlace() {
        FakeVerb failing = FakeVerb.plain("fail", query -> {
            throw new IOException("no luck");
        });
        RuleBook book = Rules.book(List.of(failing, note), "note ^b", "fail ^a", "note ^a");
        Verdict.Failed failed = assertInstanceOf(Verdict.Failed.class, decide(book, "a.test"));
        assertEquals("'fail ^a' (rules:2)", failed.rule().toString());
        assertEquals("no luck", failed.cause().getMessage());
        assertInstanceOf(Verdict.NoRule.class, decide(book, "b.test"));
        assertEquals(List.of("b.test."), seen);
    }

    @Test
    void decide_ruleThatReturnsNull_hasFailed() {
        RuleBook book = Rules.book(List.of(FakeVerb.plain("nothing", RuleBookTest::nothing)), "nothing .");
        assertInstanceOf(Verdict.Failed.class, decide(book, "a.test"));
    }

    /** What a rule author without null checks may write. */
    @org.jspecify.annotations.NullUnmarked
    private static Outcome nothing(Query query) {
        return null;
    }

    @Test
    void decide_ruleThatReturnsAnOutcomeOfNothing_hasFailed() {
        List<FakeVerb> verbs = outcomesOfNothing();
        for (FakeVerb verb : verbs) {
            Verdict verdict = decide(Rules.book(verbs, verb.verb() + " ."), "a.test");
            Verdict.Failed failed = assertInstanceOf(Verdict.Failed.class, verdict, verb.verb());
            assertEquals("'" + verb.verb() + " .' (rules:1)", failed.rule().toString());
        }
    }

    @org.jspecify.annotations.NullUnmarked
    private static List<FakeVerb> outcomesOfNothing() {
        List<Upstream> upstreams = List.of(Upstream.parse("192.0.2.1"));
        return List.of(
                FakeVerb.plain("answer", query -> Outcome.answer(null)),
                FakeVerb.plain("change", query -> Outcome.onReply(null)),
                FakeVerb.plain("rename", query -> Outcome.rewrite(null)),
                FakeVerb.plain("skip", query -> new Outcome.PassOver(null)),
                FakeVerb.plain("ask", query -> Outcome.forward(upstreams, null)),
                FakeVerb.plain("hedge", query -> {
                    Policy policy = new Policy.Hedge(Duration.ofSeconds(Long.MAX_VALUE));
                    return Outcome.forward(upstreams, policy);
                }));
    }

    @Test
    void decide_patternThatOverflowsTheStack_isAFailureAndNotTheEnd() throws InterruptedException {
        String deep = "^" + "(".repeat(200) + "(x|a)" + ")*".repeat(200) + "$";
        RuleBook book = Rules.book(List.of(drop), "drop " + deep);
        // Classes must not be initialised where the stack is small.
        QueryMessage message = Queries.decoded(Queries.of("a".repeat(60), Type.A));
        decide(book, "b");
        List<Verdict> verdicts = new ArrayList<>();
        Thread small = new Thread(null, () -> verdicts.add(decide(book, message)), "small", 512 << 10);
        small.start();
        small.join();
        Verdict.Failed failed = assertInstanceOf(Verdict.Failed.class, verdicts.getFirst());
        assertInstanceOf(ExhaustedException.class, failed.cause());
    }

    @Test
    void query_showsTheRuleWhatTheClientAsks() {
        List<Query> queries = new ArrayList<>();
        FakeVerb keep = FakeVerb.plain("keep", query -> {
            queries.add(query);
            return Outcome.pass();
        });
        RuleBook book =
                Rules.book(List.of(keep, FakeVerb.rename()), "rename ^Asked to new.test", "keep ^(n)(x)?(..)\\.(.*)$");
        decide(book, Queries.decoded(Queries.withEdns("aSked.test", Type.MX, 1232, 0)));
        Query query = queries.getFirst();
        assertEquals("new.test.", query.name().toString());
        assertEquals("aSked.test.", query.askedName().toString());
        assertEquals(Type.MX, query.type());
        assertEquals(1, query.dnsClass());
        assertEquals(Transport.TCP, query.transport());
        assertEquals("10.0.0.1", query.client().getAddress().getHostAddress());
        assertEquals(53, query.server().getPort());
        assertTrue(query.hasEdns());
        assertEquals(Optional.of("new.test"), query.group(0));
        assertEquals(Optional.of("n"), query.group(1));
        assertEquals(Optional.empty(), query.group(2));
        assertEquals(Optional.of("test"), query.group(4));
        assertThrows(IndexOutOfBoundsException.class, () -> query.group(5));
    }

    @Test
    void size_isTheNumberOfLines() {
        assertEquals(2, Rules.book(List.of(note), "note a", "note b").size());
    }

    private static Verdict decideOnLongName(String pattern) {
        RuleBook book = Rules.book(List.of(FakeVerb.plain("block", query -> Outcome.drop())), "block " + pattern);
        String label = "a".repeat(60);
        byte[] query = Queries.of(label + "." + label + ".test", Type.A);
        return assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> book.decide(Inquiry.of(Rules.asker("10.0.0.1", Transport.UDP), Queries.decoded(query))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"^(a+)+\\1(?=t)", "^(a|aa)+\\1(?<!t)$"})
    void decide_patternThatBacktracksWithoutEnd_isStopped(String pattern) {
        Verdict.Failed failed = assertInstanceOf(Verdict.Failed.class, decideOnLongName(pattern));
        assertInstanceOf(ExhaustedException.class, failed.cause());
        assertEquals(1, failed.times());
        assertEquals(1, failed.rule().figures().orElseThrow().timesStopped());
    }

    @Test
    void decide_patternThatIsStopped_isNoMatchForWhomTheRuleDoesNotConcern() {
        assertInstanceOf(Verdict.NoRule.class, decideOnLongName("^(a+)+\\1(?=t) if client is 10.9.9.9"));
        assertInstanceOf(Verdict.Failed.class, decideOnLongName("^(a+)+\\1(?=t) if client is 10.0.0.1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(.*a){20}!$",
                "(.*a){12}$",
                "^(a+)+!$",
                "^(a|aa)+$",
                "^(.*)(.*)(.*)(.*)(.*)(.*)bad$",
                "^(.*a)+b",
                "^(a*)*!",
            })
    void decide_patternThatNeedNotBacktrack_isDecided(String pattern) {
        assertInstanceOf(Verdict.NoRule.class, decideOnLongName(pattern));
    }

    @Test
    void figures_countWhatARuleConcerned() {
        RuleBook book = Rules.book(List.of(note, drop), "note ^a", "drop ^ab", "note ^never");
        decide(book, "ab.test");
        decide(book, "ac.test");
        assertEquals(2, book.rules().get(0).figures().orElseThrow().hits());
        assertEquals(1, book.rules().get(1).figures().orElseThrow().hits());
        assertTrue(book.rules().get(1).figures().orElseThrow().nanos() > 0);
        assertTrue(book.rules().get(1).figures().orElseThrow().lastHit().isAfter(java.time.Instant.EPOCH));
        assertEquals(Optional.empty(), book.rules().get(2).figures());
    }
}
