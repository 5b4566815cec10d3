package org.sentrydns.plugin.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Query;
import org.sentrydns.api.RuleSyntaxException;
import org.sentrydns.api.RuleText;
import org.sentrydns.api.RuleType;
import org.sentrydns.api.Transport;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

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
        assertEquals(Outcome.pass(), log("log ^(.*)google.com", new Asked(Type.A, "127.0.0.1")));
        assertEquals(1, log.list.size());
        assertEquals(Level.INFO, log.list.getFirst().getLevel());
        assertEquals(
                "logging query: google.com. matched by rule: ^(.*)google.com with context: {'client': '127.0.0.1:53751',"
                        + " 'server': '127.0.0.1:5700', 'type': 'A', 'class': 'IN'}",
                log.list.getFirst().getFormattedMessage());
    }

    @Test
    void log_unknownTypeOverIpv6_writesNumberAndBrackets() throws Exception {
        log("log ^ if transport is UDP", new Asked(65280, "::1"));
        String line = log.list.getFirst().getFormattedMessage();
        assertEquals(
                "{'client': '[0:0:0:0:0:0:0:1]:53751', 'server': '127.0.0.1:5700', 'type': 'TYPE65280', 'class': 'IN'}",
                line.substring(line.indexOf('{')));
    }

    @Test
    void log_levelAboveInfo_writesNothingAndPasses() throws Exception {
        logger.setLevel(Level.WARN);
        assertEquals(Outcome.pass(), log("log ^", new Asked(Type.A, "127.0.0.1")));
        assertEquals(List.of(), log.list);
    }

    @Test
    void compile_arguments_saysWhereAndWhat() {
        RuleSyntaxException error =
                assertThrows(RuleSyntaxException.class, () -> new LogRuleType().compile(text("log ^a loudly")));
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

    private static Outcome log(String line, Query query) throws Exception {
        return new LogRuleType().compile(text(line)).apply(query);
    }

    private static RuleText text(String line) {
        String subject = line.split(" ", -1)[1];
        int groups = Pattern.compile(subject).matcher("").groupCount();
        int condition = line.indexOf(" if ");
        int end = condition < 0 ? line.length() : condition;
        return new RuleText(line, subject, groups, line.indexOf(subject) + subject.length(), end, condition >= 0);
    }

    private record Asked(int type, String address) implements Query {
        @Override
        public Name name() {
            return Name.fromConstantString("google.com.");
        }

        @Override
        public Name askedName() {
            return name();
        }

        @Override
        public int dnsClass() {
            return DClass.IN;
        }

        @Override
        public InetSocketAddress client() {
            return new InetSocketAddress(address, 53751);
        }

        @Override
        public InetSocketAddress server() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), 5700);
        }

        @Override
        public Transport transport() {
            return Transport.UDP;
        }

        @Override
        public boolean hasEdns() {
            return true;
        }

        @Override
        public Optional<String> group(int number) {
            return Optional.empty();
        }
    }
}
