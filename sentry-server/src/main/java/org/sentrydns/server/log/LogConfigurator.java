package org.sentrydns.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Set;
import org.slf4j.LoggerFactory;

/** Writes {@code [07/01/2012 06:38:28] [sentry.core] INFO: …} to standard error. Without XML, since that starts slowly. */
public final class LogConfigurator extends ContextAwareBase implements Configurator {
    private static final String RULES = "sentry.rules.";
    private static final String PATTERN = "[%d{MM/dd/yyyy HH:mm:ss}] [%logger] %severity: %msg%n";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty("logback.configurationFile") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        PatternLayout layout = new PatternLayout();
        layout.setContext(context);
        layout.getInstanceConverterMap().put("severity", Severity::new);
        layout.setPattern(PATTERN);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setLayout(layout);
        encoder.start();
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setOutputStream(LogStream.standardError());
        appender.start();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
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

    /** From now on rules of these verbs leave no lines, and those of all others do. */
    public static void quiet(Set<String> verbs) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLoggerList().stream()
                    .filter(logger -> logger.getName().startsWith(RULES))
                    .forEach(logger -> logger.setLevel(null));
            verbs.forEach(verb -> context.getLogger(RULES + verb).setLevel(Level.OFF));
        }
    }

    /** The level as the original called it. */
    private static final class Severity extends ClassicConverter {
        @Override
        public String convert(ILoggingEvent event) {
            return event.getLevel() == Level.WARN ? "WARNING" : event.getLevel().toString();
        }
    }
}
