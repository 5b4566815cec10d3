package org.sentrydns.plugin.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sentrydns.api.ListEntry;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Reply;
import org.sentrydns.api.RuleSyntaxException;
import org.sentrydns.api.RuleType;
import org.sentrydns.testkit.RuleLine;
import org.sentrydns.testkit.TestQuery;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

final class BlockRuleTypeTest {
    private static final String SOA = "[google.com.\t\t300\tIN\tSOA\tlocalhost. nobody.invalid. 1 3600 600 86400 300]";

    private final Logger logger = (Logger) LoggerFactory.getLogger("sentry.rules.block");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        logger.setAdditive(false);
        logger.addAppender(log);
        log.start();
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''            | A    | IN  | NOERROR  | none | no",
                "''            | MX   | CH  | NOERROR  | none | no",
                "with nodata   | A    | IN  | NOERROR  | none | soa",
                "with nxdomain | A    | IN  | NXDOMAIN | none | soa",
                "with nxdomain | A    | ANY | NXDOMAIN | none | soa",
                "with refused  | A    | IN  | REFUSED  | none | no",
                "with null     | A    | IN  | NOERROR  | 0.0.0.0 | no",
                "with null     | AAAA | IN  | NOERROR  | 0:0:0:0:0:0:0:0 | no",
                "with null     | MX   | IN  | NOERROR  | none | soa",
                "with null     | ANY  | IN  | NOERROR  | none | soa"
            })
    void block_eachForm_repliesAsTheTableSays(
            String with, String type, String dnsClass, String rcode, String address, String soa) throws Exception {
        Reply reply = reply("block google " + with, asked(Type.value(type), DClass.value(dnsClass)));
        assertEquals(rcode, Rcode.string(reply.rcode()));
        assertEquals(
                address.equals("none") ? "[]" : "[google.com.\t\t300\tIN\t" + type + "\t" + address + "]",
                reply.answers().toString());
        assertEquals(soa.equals("soa") ? SOA : "[]", reply.authority().toString());
        ExtendedErrorCodeOption reason = Objects.requireNonNull(reply.extendedError());
        assertEquals(ExtendedErrorCodeOption.BLOCKED, reason.getErrorCode());
        assertEquals("blocked by rule google", reason.getText());
    }

    @Test
    void block_nullOfAnotherClass_isNodataOfThatClass() throws Exception {
        Reply reply = reply("block google with null", asked(Type.A, DClass.CH));
        assertEquals(List.of(), reply.answers());
        assertEquals(DClass.CH, reply.authority().getFirst().getDClass());
    }

    @Test
    void block_ttl_isHowLongClientsRemember() throws Exception {
        TestQuery asked = asked(Type.A, DClass.IN);
        assertEquals(
                60,
                reply("block google with null ttl 60", asked)
                        .answers()
                        .getFirst()
                        .getTTL());
        SOARecord soa = (SOARecord)
                reply("block google with nxdomain ttl 0", asked).authority().getFirst();
        assertEquals(0, soa.getTTL());
        assertEquals(0, soa.getMinimum());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "block @ads               | UNSPECIFIED | NOERROR  | no",
                "block @ads               | NXDOMAIN    | NXDOMAIN | soa",
                "block @ads               | NODATA      | NOERROR  | soa",
                "block @ads with refused  | NXDOMAIN    | REFUSED  | no",
                "block @ads with nxdomain | DROP        | NXDOMAIN | soa"
            })
    void block_ofAList_doesWhatTheRuleSaysElseWhatTheListSays(
            String line, ListEntry.Action action, String rcode, String soa) throws Exception {
        Reply reply = reply(line, listed(action));
        assertEquals(rcode, Rcode.string(reply.rcode()));
        assertEquals(soa.equals("soa") ? SOA : "[]", reply.authority().toString());
        assertEquals(
                "blocked by rule @ads (line 17)",
                Objects.requireNonNull(reply.extendedError()).getText());
        String logged = log.list.getFirst().getFormattedMessage();
        assertEquals(
                "blocking query: google.com. matched by rule: @ads (line 17) with context: ",
                logged.substring(0, logged.indexOf('{')));
    }

    @Test
    void block_ofAListThatSaysDrop_sendsNothing() throws Exception {
        assertEquals(Outcome.drop(), block("block @ads", listed(ListEntry.Action.DROP)));
    }

    private static TestQuery listed(ListEntry.Action action) {
        return asked(Type.A, DClass.IN).listed(new ListEntry("ads", 17, action));
    }

    @Test
    void block_drop_sendsNothingButLogs() throws Exception {
        assertEquals(Outcome.drop(), block("block google with drop", asked(Type.A, DClass.IN)));
        assertEquals(1, log.list.size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "block ^(.*)google.com                           | blocking",
                "block ^(.*)google.com with null                 | blocking",
                "block ^(.*)google.com if type is A              | conditionally blocking",
                "block ^(.*)google.com with refused if type is A | conditionally blocking"
            })
    void block_anyForm_logsOneWarning(String line, String start) throws Exception {
        block(line, asked(Type.A, DClass.IN));
        assertEquals(1, log.list.size());
        assertEquals(Level.WARN, log.list.getFirst().getLevel());
        assertEquals(
                start + " query: google.com. matched by rule: ^(.*)google.com with context: {'client':"
                        + " '127.0.0.1:53751', 'server': '127.0.0.1:5700', 'type': 'A', 'class': 'IN'}",
                log.list.getFirst().getFormattedMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "block ^a with null ttl    | 23 | expected seconds",
                "block ^a with null ttl 1h | 24 | expected seconds from 0 to 86400",
                "block ^a with nodata ttl 86401 | 26 | expected seconds from 0 to 86400",
                "block ^a ttl 60           | 10 | this reply is not remembered: expected ttl behind with nodata, nxdomain or null only",
                "block ^a with refused ttl 60 | 23 | this reply is not remembered: expected ttl behind with nodata, nxdomain or null only",
                "block ^a with drop ttl 60 | 20 | this reply is not remembered: expected ttl behind with nodata, nxdomain or null only",
                "block ^a with             | 14 | expected one of nodata, nxdomain, refused, null, drop",
                "block ^a with NXDOMAIN    | 15 | expected one of nodata, nxdomain, refused, null, drop",
                "block ^a with null please | 20 | expected 'if' or the end of the rule",
                "block ^a nxdomain         | 10 | expected 'if' or the end of the rule"
            })
    void compile_wrongArguments_saysWhereAndWhat(String line, int column, String message) {
        RuleSyntaxException error = RuleLine.mistake(new BlockRuleType(), line);
        assertEquals(message, error.getMessage());
        assertEquals(column, error.column());
    }

    @Test
    void services_nameThisVerbAlone() {
        assertEquals(
                List.of("block"),
                ServiceLoader.load(RuleType.class).stream()
                        .map(found -> found.get().verb())
                        .toList());
    }

    private static Reply reply(String line, TestQuery query) throws Exception {
        return assertInstanceOf(Outcome.Answer.class, block(line, query)).reply();
    }

    private static Outcome block(String line, TestQuery query) throws Exception {
        return RuleLine.of(new BlockRuleType(), line).ask(query);
    }

    private static TestQuery asked(int type, int dnsClass) {
        return TestQuery.of("google.com " + Type.string(type)).inClass(dnsClass);
    }
}
