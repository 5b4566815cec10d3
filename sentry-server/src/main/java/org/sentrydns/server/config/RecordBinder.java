package org.sentrydns.server.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sentrydns.api.SettingsException;

/** Makes a record of an object of the file. Confined to one thread. */
final class RecordBinder {
    private final SourceText source;
    private final Problems problems;
    private final ValueBinder values;

    RecordBinder(SourceText source, BaseFolder base, Problems problems) {
        this.source = source;
        this.problems = problems;
        this.values = new ValueBinder(this, base);
    }

    /**
     * Makes one.
     *
     * @param missing the key under which the file says nothing at all; empty if it does
     * @throws SettingsException if there was a mistake, which is among the problems
     */
    <R extends Record> R bind(JsonValue.Members given, Class<R> type, String missing) throws SettingsException {
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] arguments = new @Nullable Object[components.length];
        Set<String> known = new LinkedHashSet<>();
        boolean good = true;
        for (int i = 0; i < components.length; i++) {
            String key = key(components[i].getName(), given);
            known.add(key);
            try {
                arguments[i] = argument(given, key, components[i].getGenericType(), missing);
            } catch (PluginSettings.ReportedException e) {
                good = false;
            }
        }
        for (var key : given.keys().entrySet()) {
            if (!known.contains(key.getKey())) {
                String hint = Nearest.hint(key.getKey(), known);
                problems.add(source.problem(key.getValue(), "unknown key '" + key.getKey() + "'" + hint));
                good = false;
            }
        }
        if (!good) {
            throw new PluginSettings.ReportedException();
        }
        return make(given, type, arguments);
    }

    private Object argument(JsonValue.Members given, String key, Type type, String missing) throws SettingsException {
        JsonValue value = given.values().get(key);
        if (value != null) {
            return values.bind(value, type);
        }
        Object empty = ValueBinder.absent(type);
        if (empty == null) {
            String where = missing.isEmpty() ? "" : " in plugin_settings of '" + missing + "'";
            throw problem(given, "expected the key '" + key + "'" + where);
        }
        return empty;
    }

    /** As the component is spelled, or with underscores. */
    private static String key(String component, JsonValue.Members given) {
        return given.keys().containsKey(component)
                ? component
                : component.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    private <R extends Record> R make(JsonValue at, Class<R> type, @Nullable Object[] arguments)
            throws SettingsException {
        Class<?>[] parameters = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(parameters);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refusal) {
                throw problem(at, String.valueOf(refusal.getMessage()));
            }
            throw new IllegalStateException("the settings " + type.getName() + " cannot be made", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the settings " + type.getName() + " cannot be made", e);
        }
    }

    /** Adds a mistake. */
    PluginSettings.ReportedException problem(JsonValue at, String message) {
        problems.add(source.problem(at.offset(), message));
        return new PluginSettings.ReportedException();
    }
}
