package org.sentrydns.server.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Reply;
import org.sentrydns.api.Rule;
import org.sentrydns.api.RuleSyntaxException;
import org.sentrydns.api.RuleText;
import org.sentrydns.api.RuleType;

final class RuleReviewTest {
    /** A verb that always decides. */
    private static RuleType always(String verb) {
        return new RuleType() {
            @Override
            public String verb() {
                return verb;
            }

            @Override
            public String syntax() {
                return verb + " S";
            }

            @Override
            public boolean alwaysDecides() {
                return true;
            }

            @Override
            public Rule compile(RuleText text) throws RuleSyntaxException {
                text.end();
                return query -> Outcome.drop();
            }
        };
    }

    private static final List<RuleType> VERBS = List.of(
            always("block"),
            FakeVerb.plain("log", query -> Outcome.pass()),
            FakeVerb.plain("maybe", query -> Outcome.drop()),
            FakeVerb.plain("answer", query -> Outcome.answer(Reply.empty())),
            FakeVerb.plain("allow", query -> Outcome.passOver("block")),
            always("resolve"),
            FakeVerb.rename());

    /** {@code line:column message} of each remark. */
    private static List<String> remarks(String... lines) {
        return RuleReview.of(Rules.book(VERBS, lines)).remarks().stream()
                .map(p -> p.line() + ":" + p.column() + " " + p.message())
                .toList();
    }

    @Test
    void endInWhatMustNotBeThere_isWarnedOf() {
        String warning = remarks("block ^(?!school\\.example$)").getFirst();
        assertTrue(warning.startsWith("1:8 warning: the name is searched with its final dot too"), warning);
        assertTrue(
                remarks("block ^(?!school\\.example\\.?$)").stream().noneMatch(remark -> remark.contains("warning")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    block google          ~ block ^mail\\.google\\.com$   ~ true
                    block google          ~ block google                ~ true
                    block google          ~ block goog                  ~ false
                    block ^google         ~ block google                ~ false
                    block ^               ~ block anything              ~ true
                    block ^(.*)           ~ block [0-9]{5}              ~ true
                    block ^(.*)           ~ block (a|b)\\1              ~ true
                    block ^(.*)           ~ log a                       ~ true
                    block (^|\\.)x\\.org$ ~ block ^a\\.x\\.org$         ~ true
                    block (^|\\.)x\\.org$ ~ block ax\\.org$             ~ false
                    block (^|\\.)x\\.org$ ~ block (^|\\.)(y|x)\\.org$  ~ false
                    block (foo|bar)       ~ block ^(bar|foo)s           ~ true
                    block a+              ~ block ba{3}                 ~ true
                    block [ab]c           ~ block ^bc                   ~ true
                    block a.c             ~ block abc                   ~ false
                    block a.c             ~ block a.c                   ~ true
                    block (?-i)a          ~ block a                     ~ false
                    maybe a               ~ block a                     ~ false
                    log a                 ~ block a                     ~ false
                    block a if type is A  ~ block a                     ~ false
                    block a               ~ block a if type is A        ~ true
                    block a if type is A  ~ block ab if class is IN and type is A ~ true
                    block a if type is A  ~ block ab if type is A, MX   ~ false
                    """)
    void review_findsWhatNothingCanReach(String first, String second, boolean unreachable) {
        List<String> remarks = remarks(first, "log other", second);
        String expected = "3:1 warning: never reached: '" + first + "' (rules:1) decides before";
        assertEquals(unreachable, remarks.contains(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    type is A and type is AAAA                           ~ true
                    type is A and type is not A, AAAA                    ~ true
                    type is A, AAAA and type is AAAA, MX                 ~ false
                    type is not A and type is not AAAA                   ~ false
                    class is IN and class is CH                          ~ true
                    transport is not udp, tcp                            ~ true
                    transport is udp and transport is tcp                ~ true
                    time is 01:00-02:00 and time is 03:00-04:00          ~ true
                    time is 23:00-02:00 and time is 01:00-04:00          ~ false
                    time is not 00:00-12:00, 12:00-24:00                 ~ true
                    day is mon-fri and day is sat, sun                   ~ true
                    client is 10.0.0.0/8 and client is 192.168.1.1       ~ true
                    client is 10.0.0.0/8 and client is 10.1.0.0/16       ~ false
                    client is 10.1.0.0/16 and client is not 10.0.0.0/8   ~ true
                    client is 10.0.0.0/8 and client is not 10.1.0.0/16   ~ false
                    client is 10.0.0.0/8 and type is A and day is not mon ~ false
                    """)
    void review_findsConditionsThatNoQueryMeets(String conditions, boolean never) {
        List<String> remarks = remarks("block a if " + conditions);
        assertEquals(
                never,
                remarks.stream().anyMatch(remark -> remark.startsWith("1:1 warning: never holds: ")),
                remarks::toString);
    }

    @Test
    void review_findsAnAllowBehindTheBlockThatItShouldLift() {
        String idle =
                "2:1 warning: lifts nothing: no block rule stands behind it, and what stands before it has decided";
        assertEquals(List.of(idle), remarks("block ^ads", "allow ^good", "resolve ^x"));
        assertEquals(List.of(), remarks("allow ^good", "block ^ads", "resolve ^x"));
        assertEquals(
                List.of(),
                remarks("allow ^good", "block ^ads with shadow"),
                "what is in shadow does not count what an allow lifts");
    }

    @Test
    void review_twoRulesTogetherLeaveNothing() {
        assertEquals(
                List.of("3:1 warning: never reached: 'block bar' (rules:2) decides before"),
                remarks("block foo", "block bar", "block (foo|bar)s"));
    }

    @Test
    void review_ruleBehindARename_mayBeReachedUnderTheNewName() {
        assertEquals(List.of(), remarks("block google", "rename ^old to google.com", "block google\\.com"));
        assertEquals(
                List.of("3:1 warning: never reached: 'block ^' (rules:1) decides before"),
                remarks("block ^", "log x", "log y").subList(1, 2));
    }

    @Test
    void review_behindAnAllow_aBlockRuleLeavesSomething() {
        assertEquals(List.of(), remarks("allow ^good", "block ^", "resolve ^"));
        assertEquals(List.of(), remarks("allow ^good", "block ads", "resolve ads"));
        assertEquals(List.of(), remarks("maybe ^good", "resolve ^", "resolve ads"));
        assertEquals(
                List.of("4:1 warning: never reached: 'resolve corp' (rules:2) decides before"),
                remarks("allow ^good", "resolve corp", "block ^ads", "resolve ^www.corp"));
        assertEquals(
                List.of("3:1 warning: never reached: 'block ads' (rules:2) decides before"),
                remarks("answer ^router", "block ads", "block x.ads"));
        assertEquals(
                List.of("3:1 warning: never reached: 'resolve ^' (rules:2) decides before"),
                remarks("allow ^good", "resolve ^", "block ads"));
        assertEquals(
                List.of("3:1 warning: never reached: 'block ^' (rules:1) decides before"),
                remarks("block ^", "allow good", "resolve ads").subList(1, 2));
    }

    /** As dnsmasq's users write it; queries of another class than IN pass the first line. */
    @Test
    void review_aSecondAnswerForTheSameName_isTold() {
        assertEquals(
                List.of(
                        "2:1 warning: never reached: 'answer ^nas$' (rules:1) decides before; one rule answers with several"
                                + " records: 'with addresses 192.0.2.1, 2001:db8::1', 'with MX 1 a and TXT b'; 'if type"
                                + " is ...' leaves other types"),
                remarks("answer ^nas$", "answer ^nas$ if type is AAAA"));
        assertEquals(List.of(), remarks("answer ^nas$ if type is A", "answer ^nas$ if type is AAAA"));
        assertEquals(List.of(), remarks("answer ^", "block ^version if class is CH"));
    }

    @Test
    void review_theSameRuleTwice_isShownWithItsFirstPlace() {
        assertEquals(
                List.of("2:1 warning: the same rule stands at rules:1"),
                remarks("log a if type is A", "log  a  if type is A", "log a"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    log [^.]                 ~ 1:5 note: tried on every name, since nothing is known that each match must contain
                    log ^(a+)+x              ~ 1:5 warning: a repetition within a repetition can match the same characters: it is decided by an automaton that does not go back
                    log ^(a|aa)+\\1x         ~ 1:5 warning: a repetition of alternatives that can begin with the same character: it is stopped when it has read a name's characters too often, with SERVFAIL
                    log (a)(b?|c?){0}(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)\\1 ~ 1:5 warning: parts beside each other can match nothing in 1024 ways or more: it is not tried, with SERVFAIL
                    log ^(.*)(.*)(.*)bad     ~ 1:5 warning: one repetition after the other can match the same characters: it is decided by an automaton that does not go back
                    log a[[:digit:]]+        ~ 1:7 warning: [:digit:] stands for its own letters in a Java regular expression: write \\p{Digit}
                    log a[[:xdigit:]]+       ~ 1:7 warning: [:xdigit:] stands for its own letters in a Java regular expression: write \\p{XDigit}
                    log a[[:word:]]+         ~ 1:7 warning: [:word:] stands for its own letters in a Java regular expression: write \\w
                    """)
    void review_expressionsThatCostOrMislead(String line, String remark) {
        assertEquals(List.of(remark.replace("\\\\", "\\")), remarks(line.replace("\\\\", "\\")));
    }

    @ParameterizedTest
    @CsvSource({"log ^([a-z]+\\.)+x", "log ^(ads|track)[0-9]*[_.-]", "log (.*)x", "log ^[a-f0-9]{32}\\."})
    void review_ordinaryExpressions_areFine(String line) {
        assertEquals(List.of(), remarks(line));
    }

    @Test
    void review_veryManyRemarks_areCounted() {
        String[] lines = IntStream.range(0, 100).mapToObj(i -> "log a").toArray(String[]::new);
        RuleReview.Remarks remarks = RuleReview.of(Rules.book(VERBS, lines));
        assertEquals(20, remarks.remarks().size());
        assertEquals(79, remarks.unshown());
    }
}
