package org.sentrydns.plugin.redirect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Reply;
import org.sentrydns.api.RuleSyntaxException;
import org.sentrydns.api.RuleType;
import org.sentrydns.testkit.RuleLine;
import org.sentrydns.testkit.TestQuery;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;

final class RedirectRuleTypeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "redirect ^ to google.com                          | A     | IN  | google.com.       | IN | false",
                "redirect ^ to GooGle.COM.                         | MX    | IN  | GooGle.COM.       | IN | false",
                "redirect ^ to bücher.de                           | ANY   | IN  | xn--bcher-kva.de. | IN | false",
                "redirect ^ to google.com                          | TXT   | CH  | google.com.       | CH | false",
                "redirect ^ to google.com                          | A     | ANY | google.com.       | IN | false",
                "redirect ^ to google.com with addresses           | A     | IN  | google.com.       | IN | true",
                "redirect ^ to google.com with addresses           | CNAME | IN  | google.com.       | IN | true",
                "redirect ^ to google.com with addresses if x is y | AAAA  | IN  | google.com.       | IN | true"
            })
    void redirect_anyType_answersWithCname(
            String line, String type, String asked, String target, String dnsClass, boolean completed)
            throws Exception {
        Name owner = Name.fromConstantString("NyTimes.com.");
        TestQuery query = TestQuery.of("NyTimes.com " + type).inClass(DClass.value(asked));
        Outcome outcome = RuleLine.of(new RedirectRuleType(), line).ask(query);
        Reply reply = assertInstanceOf(Outcome.Answer.class, outcome).reply();
        Reply plain = Reply.of(new CNAMERecord(owner, DClass.value(dnsClass), 300, Name.fromConstantString(target)));
        assertEquals(completed ? plain.withTargetResolved() : plain, reply);
        assertEquals(
                "NyTimes.com.\t\t300\t" + dnsClass + "\tCNAME\t" + target,
                reply.answers().getFirst().toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "redirect ^a                      | 12 | expected 'to'",
                "redirect ^a to                   | 15 | expected a destination",
                "redirect ^a to a..b              | 16 | 'a..b' is not a domain name: expected a destination",
                "redirect ^a to $1.c              | 16 | a redirect takes no groups: expected a name without $",
                "redirect ^a to b.c addresses     | 20 | expected 'if' or the end of the rule",
                "redirect ^a to b.c with          | 24 | expected 'addresses'",
                "redirect ^a to b.c with adresses | 25 | expected 'addresses'",
                "redirect ^a to b with addresses, | 23 | expected 'addresses'"
            })
    void compile_wrongArguments_saysWhereAndWhat(String line, int column, String message) {
        RuleSyntaxException error = RuleLine.mistake(new RedirectRuleType(), line);
        assertEquals(message, error.getMessage());
        assertEquals(column, error.column());
    }

    @Test
    void redirect_queryForTheDestination_goesOn() throws Exception {
        RuleLine line = RuleLine.of(new RedirectRuleType(), "redirect ^ to google.com");
        assertEquals(Outcome.pass(), line.ask("Google.com"));
    }

    @Test
    void services_nameThisVerbAlone() {
        assertEquals(
                List.of("redirect"),
                ServiceLoader.load(RuleType.class).stream()
                        .map(found -> found.get().verb())
                        .toList());
    }
}
