package org.sentrydns.server.list;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What lists say in the log meanwhile. Thread-safe. */
final class LogLines implements AutoCloseable {
    private final Logger log = (Logger) LoggerFactory.getLogger("sentry.lists");
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getLevel() + " " + event.getFormattedMessage());
        }
    };

    LogLines() {
        appender.setContext(log.getLoggerContext());
        appender.start();
        log.addAppender(appender);
    }

    /** Those since the last call. */
    List<String> take() {
        List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    @Override
    public void close() {
        log.detachAppender(appender);
    }
}
