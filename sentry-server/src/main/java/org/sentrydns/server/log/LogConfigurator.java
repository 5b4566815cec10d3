package org.sentrydns.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.LoggerFactory;

/** Writes {@code [07/01/2012 06:38:28] [sentry.core] INFO: …} to standard error. Without XML, since that starts slowly. */
public final class LogConfigurator extends ContextAwareBase implements Configurator {
    private static final String PATTERN =
            "[%d{MM/dd/yyyy HH:mm:ss}] [%logger] %replace(%level){'^WARN$', 'WARNING'}: %msg%n";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty("logback.configurationFile") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setTarget("System.err");
        console.setEncoder(encoder);
        console.start();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(console);
        root.setLevel(Level.WARN);
        context.getLogger("sentry").setLevel(Level.INFO);
        // Whatever goes wrong with a jar ends the start with a sentence of ours.
        context.getLogger("org.pf4j").setLevel(Level.OFF);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Shows what is otherwise kept quiet. */
    public static void verbose() {
        if (LoggerFactory.getLogger("sentry") instanceof Logger sentry) {
            sentry.setLevel(Level.DEBUG);
        }
    }
}
