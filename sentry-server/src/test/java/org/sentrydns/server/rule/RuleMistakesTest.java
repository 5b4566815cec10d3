package org.sentrydns.server.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sentrydns.api.Outcome;

/** Every mistake in a rule line, with its column and what was expected. */
final class RuleMistakesTest {
    private static final List<FakeVerb> VERBS = List.of(
            FakeVerb.plain("block", q -> Outcome.drop()),
            FakeVerb.plain("log", q -> Outcome.pass()),
            FakeVerb.rename(),
            new FakeVerb("hasty", text -> query -> Outcome.pass()),
            new FakeVerb("broken", text -> {
                throw new IllegalStateException("no luck");
            }));

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    ''                            ~ 1:1 expected a rule, such as 'block ^ads\\.'; this line is empty
                    blok ^a                       ~ 1:1 unknown verb 'blok': did you mean 'block'?
                    BLOCK ^a                      ~ 1:1 unknown verb 'BLOCK': did you mean 'block'?
                    frobnicate ^a                 ~ 1:1 unknown verb 'frobnicate': expected one of block, broken, hasty, log, rename
                    block                         ~ 1:6 expected a subject, a regular expression: block S
                    block ^(foo                   ~ 1:12 not a regular expression: Unclosed group
                    block a[b                     ~ 1:9 not a regular expression: Unclosed character class
                    block "^ads"                  ~ 1:7 expected a regular expression without quotes around it
                    block ^a if time is 20:00-20:00:00 ~ 1:21 '20:00-20:00:00' is no span of time: expected one such as 22:00-06:00
                    block *a                      ~ 1:7 not a regular expression: Dangling meta character '*'
                    block ^bü.de                  ~ 1:9 'ü' never matches: names are ASCII, internationalised ones start with xn--
                    block @ads                    ~ 1:7 there is no list 'ads'
                    block ^a junk                 ~ 1:10 expected 'if' or the end of the rule
                    hasty ^a junk                 ~ 1:10 expected 'if' or the end of the rule
                    rename ^a                     ~ 1:10 expected 'to'
                    rename ^a to                  ~ 1:13 expected a name
                    rename ^a to b..c             ~ 1:14 'b..c' is not a domain name: expected a name
                    rename ^a to 192.0.2.1        ~ 1:14 '192.0.2.1' is an IP address: expected a name
                    rename ^a to ::1              ~ 1:14 '::1' is an IP address: expected a name
                    rename ^a to fe80::1          ~ 1:14 'fe80::1' is an IP address: expected a name
                    rename ^a to ::ffff:192.0.2.1 ~ 1:14 '::ffff:192.0.2.1' is an IP address: expected a name
                    rename ^a to [::1]:53         ~ 1:14 '[::1]:53' is not a domain name: expected a name
                    rename ^a to 192.0.2.1:53     ~ 1:14 '192.0.2.1:53' is not a domain name: expected a name
                    rename ^a to http://b.test/   ~ 1:14 'http://b.test/' is not a domain name: expected a name
                    rename ^a to b.test/c         ~ 1:14 'b.test/c' is not a domain name: expected a name
                    rename ^a to 192.0.2.0/24     ~ 1:14 '192.0.2.0/24' is not a domain name: expected a name
                    rename ^a to faß.de         ~ 1:14 'faß.de' is ambiguous (write its xn-- form): expected a name
                    rename ^a to "b.test"         ~ 1:14 '"b.test"' is not a domain name: expected a name
                    rename ^a to b.test,          ~ 1:14 'b.test,' is not a domain name: expected a name
                    rename ^a to b.test\u00a0    ~ 1:14 'b.test\u00a0' is not a domain name: expected a name
                    rename ^a to @                ~ 1:14 '@' is not a domain name: expected a name
                    rename ^a to b c              ~ 1:16 expected 'if' or the end of the rule
                    rename ^a if type is A        ~ 1:11 expected 'to'
                    broken ^a                     ~ 1:1 the verb 'broken' failed on this line: java.lang.IllegalStateException: no luck
                    block ^a if                   ~ 1:12 expected a condition, such as 'type is MX'
                    block ^a if typ is MX         ~ 1:13 unknown field 'typ': did you mean 'type'?
                    block ^a if colour is red     ~ 1:13 unknown field 'colour': expected one of type, class, client, transport, time, day
                    block ^a if type MX           ~ 1:18 expected 'is' or 'is not'
                    block ^a if type              ~ 1:17 expected 'is' or 'is not'
                    block ^a if type is           ~ 1:20 expected a value
                    block ^a if type is not       ~ 1:24 expected a value
                    block ^a if type is FOO       ~ 1:21 'FOO' is no record type: expected one such as A or TYPE65
                    block ^a if type is A, FOO    ~ 1:24 'FOO' is no record type: expected one such as A or TYPE65
                    block ^a if type is A,FOO     ~ 1:23 'FOO' is no record type: expected one such as A or TYPE65
                    block ^a if type is A ,FOO    ~ 1:24 'FOO' is no record type: expected one such as A or TYPE65
                    block ^a if type is TYPE65536 ~ 1:21 'TYPE65536' is no record type: expected one such as A or TYPE65
                    block ^a if type is A,        ~ 1:23 expected a value
                    block ^a if type is ,A        ~ 1:21 expected a value
                    block ^a if type is , A       ~ 1:21 expected a value
                    block ^a if type is A,,MX     ~ 1:23 expected a value
                    block ^a if type is A, ,MX    ~ 1:24 expected a value
                    block ^a if type is A , , MX  ~ 1:25 expected a value
                    block ^a if type is A MX      ~ 1:23 expected ',' and another value, 'and', or the end of the rule
                    block ^a if type is A and     ~ 1:26 expected a condition, such as 'type is MX'
                    block ^a if type is A or type is MX ~ 1:23 expected ',' and another value, 'and', or the end of the rule
                    block ^a if type is A if type is MX ~ 1:23 expected ',' and another value, 'and', or the end of the rule
                    block ^a if class is XX       ~ 1:22 'XX' is no class: expected one such as IN or CLASS3
                    block ^a if transport is quic ~ 1:26 'quic' is no transport: expected udp or tcp
                    block ^a if client is adults  ~ 1:23 'adults' is no client: expected an address, a block such as 192.168.7.0/24 (no bits behind the prefix), or a group (kids)
                    block ^a if client is 10.1.1.1/8 ~ 1:23 '10.1.1.1/8' is no client: expected an address, a block such as 192.168.7.0/24 (no bits behind the prefix), or a group (kids)
                    block ^a\u0008b                    ~ 1:9 a control character never matches; if it is meant for the regular expression \\b, write \\\\b in JSON
                    block ^a if time is noon      ~ 1:21 'noon' is no span of time: expected one such as 22:00-06:00
                    block ^a if time is 22:00     ~ 1:21 '22:00' is no span of time: expected one such as 22:00-06:00
                    block ^a if time is 22:00-22:00 ~ 1:21 '22:00-22:00' is no span of time: expected one such as 22:00-06:00
                    block ^a if time is 25:00-06:00 ~ 1:21 '25:00-06:00' is no span of time: expected one such as 22:00-06:00
                    block ^a if day is someday    ~ 1:20 'someday' is no day: expected mon, tue, wed, thu, fri, sat, sun, or a span such as mon-fri
                    block ^a if day is mon-fri-sun ~ 1:20 'mon-fri-sun' is no day: expected mon, tue, wed, thu, fri, sat, sun, or a span such as mon-fri
                    """)
    void compile_oneMistake_isPlacedAndExplained(String line, String mistake) {
        assertEquals(List.of(mistake), Rules.mistakes(VERBS, line));
    }

    @Test
    void compile_severalBadLines_areAllShown() {
        assertEquals(
                List.of("1:1 unknown verb 'blokk': did you mean 'block'?", "3:10 expected 'if' or the end of the rule"),
                Rules.mistakes(VERBS, "blokk ^a", "log ^b", "block ^a junk"));
    }

    @Test
    void compile_patternThatOverflowsTheStack_isAMistake() {
        String deep = "(".repeat(100_000) + "a" + ")".repeat(100_000);
        List<String> mistakes = Rules.mistakes(VERBS, "block " + deep);
        assertEquals(1, mistakes.size());
        assertTrue(mistakes.getFirst().contains("not a regular expression: Stack overflow"), mistakes.getFirst());
    }

    @Test
    void compile_verbThatMakesNoRule_isAMistake() {
        List<String> mistakes = Rules.mistakes(List.of(new FakeVerb("lazy", RuleMistakesTest::nothing)), "lazy ^a");
        assertEquals(1, mistakes.size());
        assertTrue(mistakes.getFirst().startsWith("1:1 the verb 'lazy' "), mistakes.getFirst());
    }

    /** What a rule author without null checks may write. */
    @org.jspecify.annotations.NullUnmarked
    private static org.sentrydns.api.Rule nothing(org.sentrydns.api.RuleText text) {
        return null;
    }
}
