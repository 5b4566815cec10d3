package org.sentrydns.testkit;

import java.text.MessageFormat;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.sentrydns.api.Counter;
import org.sentrydns.api.PluginContext;
import org.sentrydns.api.SettingsException;

/**
 * What a verb is started with in a test: settings to hand out, counters and a log to look at. Thread-safe.
 *
 * @since 1.0
 */
public final class TestContext implements PluginContext {
    private final @Nullable Record settings;
    private final Map<String, LongAdder> counters = new ConcurrentHashMap<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    /**
     * Without settings.
     *
     * @since 1.0
     */
    public TestContext() {
        this.settings = null;
    }

    /**
     * With settings.
     *
     * @param settings what {@link #settings} gives
     * @since 1.0
     */
    public TestContext(Record settings) {
        this.settings = settings;
    }

    @Override
    public String id() {
        return "test";
    }

    @Override
    public <R extends Record> R settings(Class<R> type) throws SettingsException {
        if (!type.isInstance(settings)) {
            throw new SettingsException("", "the test has no settings of " + type);
        }
        return type.cast(settings);
    }

    @Override
    public Counter counter(String name) {
        if (!name.matches("[a-z0-9_.]+")) {
            throw new IllegalArgumentException("a counter is called with a-z, 0-9, dots and underscores, not " + name);
        }
        LongAdder counter = counters.computeIfAbsent(name, n -> new LongAdder());
        return amount -> {
            if (amount < 0) {
                throw new IllegalArgumentException("a counter only grows: expected 0 or more, got " + amount);
            }
            counter.add(amount);
        };
    }

    /**
     * What was counted.
     *
     * @param name the counter
     * @return its value, 0 if nobody touched it
     * @since 1.0
     */
    public long counted(String name) {
        LongAdder counter = counters.get(name);
        return counter == null ? 0 : counter.sum();
    }

    /**
     * What was logged.
     *
     * @return for instance {@code INFO: made}, in order
     * @since 1.0
     */
    public List<String> logged() {
        return List.copyOf(lines);
    }

    @Override
    public System.Logger log() {
        return new Log(lines);
    }

    private record Log(List<String> lines) implements System.Logger {

        @Override
        public String getName() {
            return "sentry.plugin.test";
        }

        @Override
        public boolean isLoggable(Level level) {
            return level != Level.OFF;
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable thrown) {
            lines.add(level + ": " + message);
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String format, @Nullable Object... values) {
            String text = format == null || values == null || values.length == 0 ? format : text(format, values);
            lines.add(level + ": " + text);
        }

        /** A broken pattern, such as one with braces of another logger's, is a text as it is. */
        private static String text(String format, @Nullable Object[] values) {
            try {
                return MessageFormat.format(format, values);
            } catch (IllegalArgumentException e) {
                return format;
            }
        }
    }
}
