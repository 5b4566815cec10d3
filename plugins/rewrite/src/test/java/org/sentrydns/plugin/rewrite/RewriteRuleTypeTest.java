package org.sentrydns.plugin.rewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.RuleSyntaxException;
import org.sentrydns.api.RuleType;
import org.sentrydns.testkit.RuleLine;
import org.xbill.DNS.Name;

final class RewriteRuleTypeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rewrite ^www\\.google\\.com to google.com               | www.google.com | google.com.",
                "rewrite ^www to GooGle.com.                             | www.google.com | GooGle.com.",
                "rewrite ^www to bücher.de                               | www.google.com | xn--bcher-kva.de.",
                "rewrite ^www to a.com if type is A                      | www.google.com | a.com.",
                "rewrite ^(1)\\. to $1.0/26.2.0.192.in-addr.arpa          | 1.2.0.192.in-addr.arpa | 1.0/26.2.0.192.in-addr.arpa.",
                "rewrite ^(.*)\\.old\\.com$ to $1.new.com                | a.b.old.com    | a.b.new.com.",
                "rewrite ^(.*\\.)?old\\.com$ to $1new.com                | old.com        | new.com.",
                "rewrite ^(.*\\.)?old\\.com$ to $1new.com                | Www.old.com    | Www.new.com.",
                "rewrite ^([a-z]+)\\.([a-z]+)\\.x$ to $2.$1.$2            | a.b.x          | b.a.b.",
                "rewrite ^(.*)$ to $1                                    | a.b            | a.b.",
                "rewrite ^([a-z]+)([0-9])\\. to $10.$2.bücher.de          | host7.x        | host0.7.xn--bcher-kva.de.",
                "rewrite ^(.*)\\.x$ to $1.y                               | a\\032b\\.c.x    | a\\032b\\.c.y."
            })
    void rewrite_eachForm_goesOnUnderTheNewName(String line, String asked, String expected) throws Exception {
        assertEquals(Outcome.rewrite(Name.fromString(expected)), compile(line).ask(asked));
        Outcome.Rewrite outcome = (Outcome.Rewrite) compile(line).ask(asked);
        assertEquals(expected, outcome.name().toString());
    }

    @Test
    void rewrite_withoutGroups_makesTheOutcomeOnce() throws Exception {
        String line = "rewrite ^(www) to google.com";
        RuleLine rule = compile(line);
        assertSame(rule.ask("www.a.com"), rule.ask("www.b.com"));
    }

    @Test
    void rewrite_groupsThatMakeNoName_saysWhichName() throws Exception {
        String line = "rewrite ^(.*)old.com to $1.new.com";
        RuleLine rule = compile(line);
        assertEquals(
                "rewriting old.com. gives '.new.com', which is no domain name",
                assertThrows(IllegalArgumentException.class, () -> rule.ask("old.com"))
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "rewrite ^(a)              | 13 | expected 'to'",
                "rewrite ^(a) as b         | 14 | expected 'to'",
                "rewrite ^(a) to           | 16 | expected a destination",
                "rewrite ^(a) to b..c      | 17 | 'b..c' is not a domain name: expected a destination",
                "rewrite ^(a) to b c       | 19 | expected 'if' or the end of the rule",
                "rewrite ^(a) to $3.b      | 17 | '$3' takes a group that the pattern does not have: it has 1",
                "rewrite @ads to $1.b      | 17 | '$1' takes a group that the pattern does not have: it has 0",
                "rewrite ^(a) to b.$0      | 17 | '$' takes the number of a group: expected $1 to $9",
                "rewrite ^(a) to a$.b      | 17 | '$' takes the number of a group: expected $1 to $9",
                "rewrite ^(a) to a$        | 17 | '$' takes the number of a group: expected $1 to $9",
                "rewrite ^(a) to $1ü.de    | 17 | a label cannot hold both a group and letters outside ASCII"
            })
    void compile_wrongArguments_saysWhereAndWhat(String line, int column, String message) {
        RuleSyntaxException error = RuleLine.mistake(new RewriteRuleType(), line);
        assertEquals(message, error.getMessage());
        assertEquals(column, error.column());
    }

    @Test
    void services_nameThisVerbAlone() {
        assertEquals(
                List.of("rewrite"),
                ServiceLoader.load(RuleType.class).stream()
                        .map(found -> found.get().verb())
                        .toList());
    }

    private static RuleLine compile(String line) throws RuleSyntaxException {
        return RuleLine.of(new RewriteRuleType(), line);
    }
}
