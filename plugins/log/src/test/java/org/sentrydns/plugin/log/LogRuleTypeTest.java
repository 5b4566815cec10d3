package org.sentrydns.plugin.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.RuleSyntaxException;
import org.sentrydns.api.RuleType;
import org.sentrydns.testkit.RuleLine;
import org.sentrydns.testkit.TestQuery;
import org.slf4j.LoggerFactory;

final class LogRuleTypeTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger("sentry.rules.log");
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

    @Test
    void log_matchingQuery_writesOneLineAndPasses() throws Exception {
        assertEquals(Outcome.pass(), log("log ^(.*)google.com", TestQuery.of("google.com")));
        assertEquals(1, log.list.size());
        assertEquals(Level.INFO, log.list.getFirst().getLevel());
        assertEquals(
                "logging query: google.com. matched by rule: ^(.*)google.com with context: {'client': '127.0.0.1:53751',"
                        + " 'server': '127.0.0.1:5700', 'type': 'A', 'class': 'IN'}",
                log.list.getFirst().getFormattedMessage());
    }

    @Test
    void log_unknownTypeOverIpv6_writesNumberAndBrackets() throws Exception {
        log("log ^ if transport is UDP", TestQuery.of("google.com TYPE65280 from ::1"));
        String line = log.list.getFirst().getFormattedMessage();
        assertEquals(
                "{'client': '[::1]:53751', 'server': '127.0.0.1:5700', 'type': 'TYPE65280', 'class': 'IN'}",
                line.substring(line.indexOf('{')));
    }

    @Test
    void log_levelAboveInfo_writesNothingAndPasses() throws Exception {
        logger.setLevel(Level.WARN);
        assertEquals(Outcome.pass(), log("log ^", TestQuery.of("google.com")));
        assertEquals(List.of(), log.list);
    }

    @Test
    void compile_arguments_saysWhereAndWhat() {
        RuleSyntaxException error = RuleLine.mistake(new LogRuleType(), "log ^a loudly");
        assertEquals("expected 'if' or the end of the rule", error.getMessage());
        assertEquals(8, error.column());
    }

    @Test
    void services_nameThisVerbAlone() {
        assertEquals(
                List.of("log"),
                ServiceLoader.load(RuleType.class).stream()
                        .map(found -> found.get().verb())
                        .toList());
    }

    private static Outcome log(String line, TestQuery query) throws Exception {
        return RuleLine.of(new LogRuleType(), line).ask(query);
    }
}
