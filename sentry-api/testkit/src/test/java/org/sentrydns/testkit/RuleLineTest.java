package org.sentrydns.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.PassingReply;
import org.sentrydns.api.PluginContext;
import org.sentrydns.api.Query;
import org.sentrydns.api.Reply;
import org.sentrydns.api.Rule;
import org.sentrydns.api.RuleSyntaxException;
import org.sentrydns.api.RuleText;
import org.sentrydns.api.RuleType;
import org.sentrydns.api.SettingsException;
import org.sentrydns.api.Transport;
import org.xbill.DNS.Type;

final class RuleLineTest {
    record Settings(int rcode) {}

    /** {@code echo S to NAME}: does a bit of everything. */
    private static final class Echo implements RuleType {
        private int rcode;

        @Override
        public String verb() {
            return "echo";
        }

        @Override
        public String syntax() {
            return "echo S to NAME";
        }

        @Override
        public void start(PluginContext context) throws SettingsException {
            rcode = context.settings(Settings.class).rcode();
            context.counter("started").increment();
            context.log().log(System.Logger.Level.INFO, "started as {0}", context.id());
        }

        @Override
        public Rule compile(RuleText text) throws RuleSyntaxException {
            text.keyword("to");
            var name = text.name("a name");
            text.end();
            return query -> switch (query.type()) {
                case Type.A -> Outcome.answer(Reply.failure(rcode));
                case Type.AAAA -> Outcome.onReply((asked, reply) -> reply.withRcode(rcode));
                case Type.MX -> Outcome.rewrite(name);
                default -> throw new IllegalStateException(query.group(1) + " " + query.client());
            };
        }
    }

    private static RuleLine echo() throws RuleSyntaxException {
        return RuleLine.of(new Echo(), new TestContext(new Settings(3)), "echo ^(www)\\. to b.test if type is A");
    }

    @Test
    void ask_eachOutcome_comesBack() throws Exception {
        try (RuleLine line = echo()) {
            assertEquals(3, line.reply("WWW.a.test").rcode());
            PassingReply reply = new PassingReply(0, List.of(), List.of(), List.of());
            assertEquals(reply.withRcode(3), line.filter("www.a.test AAAA", reply));
            assertEquals("Rewrite[name=b.test.]", line.ask("www.a.test MX").toString());
            IllegalStateException e =
                    assertThrows(IllegalStateException.class, () -> line.ask("www.a.test TXT from 10.0.0.9 over tcp"));
            assertEquals(Optional.of("www") + " /10.0.0.9:53751", e.getMessage());
            assertEquals(1, line.context().counted("started"));
            assertEquals(List.of("INFO: started as test"), line.context().logged());
        }
    }

    /** As in the server, where it would be SERVFAIL. */
    @Test
    void group_ofAList_isNone() throws Exception {
        try (RuleLine line =
                RuleLine.of(new Echo(), new TestContext(new Settings(3)), "echo @ads to b.test if type is A")) {
            assertThrows(IndexOutOfBoundsException.class, () -> line.ask("www.a.test TXT"));
        }
    }

    @Test
    void of_ifWithinQuotes_isAnArgument() throws Exception {
        RuleType say = new RuleType() {
            @Override
            public String verb() {
                return "say";
            }

            @Override
            public String syntax() {
                return "say S TEXT";
            }

            @Override
            public Rule compile(RuleText text) throws RuleSyntaxException {
                String rest = text.rest("a text") + text.conditional();
                return query -> {
                    throw new IllegalStateException(rest);
                };
            }
        };
        try (RuleLine plain = RuleLine.of(say, "say ^hi$ \"what \\\" if you \"");
                RuleLine conditional = RuleLine.of(say, "say ^hi$ \"what if\" if type is A")) {
            IllegalStateException first = assertThrows(IllegalStateException.class, () -> plain.ask("hi"));
            assertEquals("\"what \\\" if you \"false", first.getMessage());
            IllegalStateException second = assertThrows(IllegalStateException.class, () -> conditional.ask("hi"));
            assertEquals("\"what if\"true", second.getMessage());
        }
    }

    @Test
    void ask_nameThatTheSubjectDoesNotMatch_isAMistakeOfTheTest() throws Exception {
        try (RuleLine line = echo()) {
            assertThrows(AssertionError.class, () -> line.ask("a.test"));
            assertThrows(AssertionError.class, () -> line.reply("www.a.test MX"));
        }
    }

    @Test
    void mistake_ofALine_hasItsColumn() {
        RuleType type = new EchoWithoutSettings();
        RuleSyntaxException mistake = RuleLine.mistake(type, "bare ^a loud");
        assertEquals(9, mistake.column());
        assertThrows(AssertionError.class, () -> RuleLine.mistake(type, "bare ^a"));
        assertThrows(AssertionError.class, () -> RuleLine.of("unknown ^a"));
    }

    @Test
    void question_allOfIt_isRead() {
        TestQuery query = TestQuery.of("a.test TYPE65 from ::1 over tcp");
        assertEquals(65, query.type());
        assertEquals(Transport.TCP, query.transport());
        assertThrows(IllegalArgumentException.class, () -> TestQuery.of("a.test A by night"));
        assertThrows(IllegalArgumentException.class, () -> TestQuery.of("a.test A from"));
    }

    @Test
    void mistake_thatTheServerFinds_isOneHereToo() {
        RuleSyntaxException pattern = RuleLine.mistake(new EchoWithoutSettings(), "bare ^(a");
        assertEquals("not a regular expression: Unclosed group", pattern.getMessage());
        assertEquals(9, pattern.column());
        Careless careless = new Careless();
        RuleSyntaxException rest = RuleLine.mistake(careless, "careless ^a much more if type is A");
        assertEquals("expected 'if' or the end of the rule", rest.getMessage());
        assertEquals(18, rest.column());
        assertEquals(1, careless.closed);
    }

    @Test
    void of_withShadow_isNotTheVerbs() throws Exception {
        for (String end : List.of(" with shadow", " with shadow if type is A", "")) {
            // Neither of them takes more than it reads.
            try (RuleLine bare = RuleLine.of(new EchoWithoutSettings(), "bare ^a" + end);
                    RuleLine careless = RuleLine.of(new Careless(), "careless ^a much" + end)) {
                assertEquals(Outcome.pass(), bare.ask("a.test"));
                assertEquals(Outcome.pass(), careless.ask("a.test"));
            }
        }
    }

    /** Reads one word and cares for nothing behind it. */
    private static final class Careless implements RuleType {
        private int closed;

        @Override
        public String verb() {
            return "careless";
        }

        @Override
        public String syntax() {
            return "careless S WORD";
        }

        @Override
        public Rule compile(RuleText text) throws RuleSyntaxException {
            text.word("a word");
            return new Held();
        }

        private final class Held implements Rule, AutoCloseable {
            @Override
            public Outcome apply(Query query) {
                return Outcome.pass();
            }

            @Override
            public void close() {
                closed++;
            }
        }
    }

    @Test
    void askedAs_anotherName_isWhatTheClientAskedFor() {
        TestQuery query = TestQuery.of("b.test MX from 10.0.0.9").inShadow();
        TestQuery rewritten = query.askedAs("www.A.test");
        assertEquals("www.A.test.", rewritten.askedName().toString());
        assertEquals("b.test.", rewritten.name().toString());
        assertEquals(query, rewritten.askedAs("b.test"));
        assertThrows(IllegalArgumentException.class, () -> query.askedAs("a..test"));
    }

    private static final class EchoWithoutSettings implements RuleType {
        @Override
        public String verb() {
            return "bare";
        }

        @Override
        public String syntax() {
            return "bare S";
        }

        @Override
        public Rule compile(RuleText text) throws RuleSyntaxException {
            text.end();
            return query -> Outcome.pass();
        }
    }
}
