package org.sentrydns.server.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Policy;
import org.sentrydns.api.Query;
import org.sentrydns.api.Reply;
import org.sentrydns.api.RuleType;
import org.sentrydns.api.Upstream;
import org.sentrydns.server.config.Expectation;
import org.sentrydns.server.config.InvalidConfigException;
import org.sentrydns.server.config.Problems;
import org.sentrydns.server.config.SourceText;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

final class ExpectationsTest {
    private static final SourceText FILE = new SourceText("sentry.json", "{ \"q\": \"o\" }");
    private static final List<RuleType> VERBS = List.of(
            FakeVerb.plain("block", query -> Outcome.answer(Reply.failure(Rcode.NXDOMAIN))),
            FakeVerb.plain(
                    "answer",
                    query -> Outcome.answer(
                            Reply.of(new ARecord(query.name(), DClass.IN, 60, new byte[] {(byte) 192, 0, 2, 1})))),
            FakeVerb.plain("six", query -> Outcome.answer(Reply.of(record(query, Type.AAAA, "2001:db8::1")))),
            FakeVerb.plain("alias", query -> Outcome.answer(Reply.of(record(query, Type.CNAME, "google.com.")))),
            FakeVerb.plain(
                    "resolve",
                    query -> Outcome.forward(
                            List.of(Upstream.parse("8.8.8.8"), Upstream.parse("9.9.9.9")), new Policy.Race())),
            FakeVerb.rename());
    private static final String[] LINES = {
        "block ^night if time is 22:00-06:00 and day is mon",
        "block ^ads",
        "rename ^www\\.old to new.test",
        "answer ^printer",
        "six ^six",
        "alias ^alias",
        "resolve ^mail if type is MX and client is 192.168.1.20",
        "resolve ^new"
    };

    private static Record record(Query query, int type, String data) {
        try {
            return Record.fromString(query.name(), type, DClass.IN, 60, data, Name.root);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String problem(String question, String outcome) {
        MovableClock clock = new MovableClock(Rules.FRIDAY_NIGHT);
        RuleBook book = Rules.book(clock, Map.of(), VERBS, LINES);
        Problems problems = new Problems();
        new Expectations(book, Set.of("block", "answer", "six", "alias", "resolve", "rename"), clock)
                .check(List.of(new Expectation(question, outcome, FILE, 2, 7)), problems);
        try {
            problems.throwIfAny();
            return "";
        } catch (InvalidConfigException e) {
            return e.problems().getFirst().column() + " "
                    + e.problems().getFirst().message();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ads.example.com                  | block
            ads.example.com                  | block with NXDOMAIN
            ads.example.com                  | block by ^ads with nxdomain
            mail.google.com MX from 192.168.1.20 | resolve
            mail.google.com                  | none
            nobody.test                      | none with REFUSED
            printer.home                     | answer with 192.0.2.1
            printer.home                     | answer with A 192.0.2.1
            six.home AAAA                    | six with 2001:db8::1
            six.home AAAA                    | six with 2001:DB8:0:0::1
            six.home AAAA                    | six with AAAA 2001:db8:0:0:0:0:0:1
            six.home AAAA                    | six with aaaa 2001:db8::1
            alias.home                       | alias with CNAME google.com
            alias.home                       | alias with google.com
            alias.home                       | alias with google.com.
            night.test at fri 23:30          | none
            www.old.test                     | resolve as new.test with 9.9.9.9
            new.test                         | resolve with 8.8.8.8, 9.9.9.9
            night.test at mon 23:30          | block
            night.test at tue 23:30          | none
            night.test at mon 12:00          | none
            """)
    void expectation_thatIsMet_isNoProblem(String question, String outcome) {
        assertEquals("", problem(question, outcome));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ads.test      | none                | 8 expected none, but 'block ^ads' (rules:2) decides: NXDOMAIN
            nobody.test   | block               | 8 expected block, but no rule decides
            new.test      | block               | 8 expected block, but 'resolve ^new' (rules:8) decides: asks 8.8.8.8:53, 9.9.9.9:53
            ads.test      | block by ^ad        | 8 expected block by ^ad, but 'block ^ads'
            six.home      | six with 2001:db8::2  | 8 expected six with 2001:db8::2, but
            printer.home  | answer with 192.0.2.2 | 8 expected answer with 192.0.2.2, but
            www.old.test  | resolve as old.test | 8 expected resolve as old.test, but
            ads.test      | blok                | 8 expected a verb or 'none', got 'blok': did you mean 'block'?
            ads.test      | block with          | 8 expected a response code
            ads.test      | block now           | 8 'now' is not understood
            ads..test     | block               | 3 'ads..test' is no domain name
            ads.test MXX  | block               | 3 'MXX' is no record type
            ads.test from kids | block          | 3 'kids' is no IP address
            ads.test at noon | block            | 3 'noon' is no day: expected a day and a time behind 'at', such as mon 23:30
            ads.test at mon  | block            | 3 expected a day and a time behind 'at', such as mon 23:30
            """)
    void expectation_thatIsNot_isAProblemAtItsPlace(String question, String outcome, String expected) {
        String problem = problem(question, outcome);
        assertTrue(problem.startsWith(expected), problem);
    }
}
