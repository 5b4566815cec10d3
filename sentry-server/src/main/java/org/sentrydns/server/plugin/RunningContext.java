package org.sentrydns.server.plugin;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;
import org.sentrydns.api.Counter;
import org.sentrydns.api.PluginContext;
import org.sentrydns.api.SettingsException;

/**
 * What a plugin gets when it is started. Thread-safe, but for the settings.
 *
 * @param id the plugin's id
 * @param reader reads its settings
 * @param counters the counter of a plugin's id and a name
 */
public record RunningContext(String id, SettingsReader reader, BiFunction<String, String, LongAdder> counters)
        implements PluginContext {

    /** Reads the settings of one plugin. */
    @FunctionalInterface
    public interface SettingsReader {
        <R extends Record> R read(String id, Class<R> type) throws SettingsException;
    }

    @Override
    public <R extends Record> R settings(Class<R> type) throws SettingsException {
        SettingsTypes.check(type);
        return reader.read(id, type);
    }

    @Override
    public Counter counter(String name) {
        if (!name.matches("[a-z0-9_.]+")) {
            throw new IllegalArgumentException("a counter is called with a-z, 0-9, dots and underscores, not " + name);
        }
        LongAdder counter = counters.apply(id, name);
        return amount -> {
            if (amount < 0) {
                throw new IllegalArgumentException("a counter only grows: expected 0 or more, got " + amount);
            }
            counter.add(amount);
        };
    }

    @Override
    public System.Logger log() {
        return new PluginLog(org.slf4j.LoggerFactory.getLogger("sentry.plugin." + id));
    }
}
