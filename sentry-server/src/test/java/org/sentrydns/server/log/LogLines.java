package org.sentrydns.server.log;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.LoggerFactory;

/** What a logger says meanwhile. Thread-safe. */
public final class LogLines implements AutoCloseable {
    private final Logger log;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getLevel() + " " + event.getFormattedMessage());
        }
    };

    public LogLines(String logger) {
        log = (Logger) LoggerFactory.getLogger(logger);
        appender.setContext(log.getLoggerContext());
        appender.start();
        log.addAppender(appender);
    }

    /** Those since the last call. */
    public List<String> take() {
        List<String> taken = new ArrayList<>();
        lines.drainTo(taken);
        return taken;
    }

    @Override
    public void close() {
        log.detachAppender(appender);
    }
}
