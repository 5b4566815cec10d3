package org.sentrydns.server.config;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.sentrydns.api.SettingsException;

/** What the file says to each plugin. Confined to one thread until all plugins have started, then thread-safe. */
public final class PluginSettings {
    /** What a plugin has read. */
    private record Bound(String id, Class<?> type) {}

    private final SourceText source;
    private final BaseFolder base;
    private final Problems problems;
    private final int offset;
    private final Map<String, JsonValue.Members> byPlugin = new LinkedHashMap<>();
    private final Map<String, Integer> keys = new LinkedHashMap<>();
    private final Set<String> read = new HashSet<>();
    private final Map<Bound, Record> bound = new ConcurrentHashMap<>();

    private volatile boolean started;

    private PluginSettings(SourceText source, BaseFolder base, Problems problems, int offset) {
        this.source = source;
        this.base = base;
        this.problems = problems;
        this.offset = offset;
    }

    static PluginSettings read(Section top, SourceText source, BaseFolder base, Problems problems) {
        JsonValue value = top.value("plugin_settings").orElse(null);
        PluginSettings settings = new PluginSettings(source, base, problems, value == null ? 0 : value.offset());
        if (value instanceof JsonValue.Members members) {
            settings.take(members);
        } else if (value != null) {
            top.problem(value, "expected an object: { \"PLUGIN\": { … } }, got " + value.kind());
        }
        return settings;
    }

    private void take(JsonValue.Members members) {
        keys.putAll(members.keys());
        members.values().forEach((id, value) -> {
            if (value instanceof JsonValue.Members inner) {
                byPlugin.put(id, inner);
            } else {
                problems.add(source.problem(value.offset(), "expected an object, got " + value.kind()));
                read.add(id);
            }
        });
    }

    /**
     * Makes a record of what the file says to a plugin. Mistakes go into the problems that the file was read with.
     *
     * @throws SettingsException if there was one
     * @throws IllegalStateException if the plugins have started, and this one has not read them then
     */
    public <R extends Record> R bind(String id, Class<R> type) throws SettingsException {
        Record known = bound.get(new Bound(id, type));
        if (known != null) {
            return type.cast(known);
        }
        if (started) {
            throw new IllegalStateException(
                    "settings can be read while a plugin starts, in RuleType.start, and not later");
        }
        R fresh = read(id, type);
        bound.put(new Bound(id, type), fresh);
        return fresh;
    }

    private <R extends Record> R read(String id, Class<R> type) throws SettingsException {
        read.add(id);
        JsonValue.Members given = byPlugin.getOrDefault(id, new JsonValue.Members(offset, Map.of(), Map.of()));
        return new RecordBinder(source, base, problems).bind(given, type, byPlugin.containsKey(id) ? "" : id);
    }

    /** Adds a mistake that the plugin itself found, unless it is there already. */
    public void report(String id, SettingsException mistake) {
        if (mistake instanceof ReportedException) {
            return;
        }
        JsonValue.Members given = byPlugin.get(id);
        Integer key = given == null ? null : given.keys().get(mistake.key());
        int at = key != null ? key : given != null ? given.offset() : offset;
        problems.add(source.problem(at, "plugin '" + id + "': " + mistake.getMessage()));
    }

    /** All plugins have started. Adds a mistake for each that is not there, or takes no settings. */
    public void rejectUnread(Set<String> plugins) {
        started = true;
        keys.forEach((id, at) -> {
            if (!plugins.contains(id)) {
                problems.add(source.problem(at, "there is no plugin '" + id + "'" + Nearest.hint(id, plugins)));
            } else if (!read.contains(id)) {
                problems.add(source.problem(
                        at, "the plugin '" + id + "' takes no settings: it has read none when it started"));
            }
        });
    }

    /** The mistake is among the problems already. */
    static final class ReportedException extends SettingsException {
        private static final long serialVersionUID = 1L;

        ReportedException() {
            super("", "the settings have mistakes");
        }
    }
}
