package org.sentrydns.server.plugin;

import java.text.MessageFormat;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * A plugin's log, without a library in the API. Thread-safe.
 *
 * @param log where it goes
 */
record PluginLog(Logger log) implements System.Logger {

    @Override
    public String getName() {
        return log.getName();
    }

    @Override
    public boolean isLoggable(Level level) {
        return level == Level.ALL || (level != Level.OFF && log.isEnabledForLevel(slf4j(level)));
    }

    @Override
    public void log(
            Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable thrown) {
        if (isLoggable(level)) {
            log.atLevel(slf4j(level)).setCause(thrown).log("{}", message);
        }
    }

    @Override
    public void log(Level level, @Nullable ResourceBundle bundle, @Nullable String format, @Nullable Object... values) {
        if (isLoggable(level)) {
            String text = format == null || values == null || values.length == 0 ? format : text(format, values);
            log.atLevel(slf4j(level)).log("{}", text);
        }
    }

    /** A broken pattern, such as one with braces of another logger's, is a text as it is. */
    private static String text(String format, @Nullable Object[] values) {
        try {
            return MessageFormat.format(format, values);
        } catch (IllegalArgumentException e) {
            return format;
        }
    }

    private static org.slf4j.event.Level slf4j(Level level) {
        return switch (level) {
            case ALL, TRACE -> org.slf4j.event.Level.TRACE;
            case DEBUG -> org.slf4j.event.Level.DEBUG;
            case INFO -> org.slf4j.event.Level.INFO;
            case WARNING -> org.slf4j.event.Level.WARN;
            case ERROR, OFF -> org.slf4j.event.Level.ERROR;
        };
    }
}
