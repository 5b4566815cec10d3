package org.sentrydns.server.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sentrydns.api.SettingsException;

/**
 * Makes a value of the file what a component of a record wants. Confined to one thread.
 *
 * @param records for records in records
 * @param base what paths are relative to
 */
record ValueBinder(RecordBinder records, BaseFolder base) {

    /** What stands for a key that is missing; null if it must be there. */
    static @Nullable Object absent(Type type) {
        Class<?> raw = raw(type);
        if (raw == Optional.class) {
            return Optional.empty();
        }
        if (raw == List.class) {
            return List.of();
        }
        return raw == Map.class ? Map.of() : null;
    }

    Object bind(JsonValue value, Type type) throws SettingsException {
        Class<?> raw = raw(type);
        if (raw == Optional.class) {
            return Optional.of(bind(value, inner(type, 0)));
        }
        if (raw == List.class) {
            return list(value, inner(type, 0));
        }
        if (raw == Map.class) {
            return map(value, inner(type, 1));
        }
        if (raw.isRecord()) {
            if (value instanceof JsonValue.Members members) {
                return records.bind(members, raw.asSubclass(Record.class), "");
            }
            throw mismatch(value, "an object");
        }
        if (raw == boolean.class || raw == Boolean.class) {
            if (value instanceof JsonValue.Bool bool) {
                return bool.value();
            }
            throw mismatch(value, "true or false");
        }
        return isNumber(raw) ? number(value, raw) : text(value, raw);
    }

    private List<Object> list(JsonValue value, Type element) throws SettingsException {
        if (!(value instanceof JsonValue.Array array)) {
            throw mismatch(value, "an array");
        }
        List<Object> list = new ArrayList<>();
        for (JsonValue item : array.values()) {
            list.add(bind(item, element));
        }
        return List.copyOf(list);
    }

    private Map<String, Object> map(JsonValue value, Type element) throws SettingsException {
        if (!(value instanceof JsonValue.Members members)) {
            throw mismatch(value, "an object");
        }
        Map<String, Object> map = new LinkedHashMap<>();
        for (var entry : members.values().entrySet()) {
            map.put(entry.getKey(), bind(entry.getValue(), element));
        }
        return map;
    }

    private static boolean isNumber(Class<?> type) {
        return List.of(int.class, Integer.class, long.class, Long.class, double.class, Double.class)
                        .contains(type)
                || type == BigDecimal.class
                || type == Duration.class;
    }

    private Object number(JsonValue value, Class<?> type) throws SettingsException {
        boolean isSpan = type == Duration.class;
        if (!(value instanceof JsonValue.Numeric numeric)) {
            throw mismatch(value, isSpan ? "seconds" : "a number");
        }
        BigDecimal number = numeric.value();
        try {
            if (isSpan) {
                return Duration.ofNanos(number.movePointRight(9).longValueExact());
            }
            if (type == int.class || type == Integer.class) {
                return number.intValueExact();
            }
            if (type == long.class || type == Long.class) {
                return number.longValueExact();
            }
            return type == BigDecimal.class ? number : (Object) number.doubleValue();
        } catch (ArithmeticException e) {
            throw records.problem(
                    value, "expected a " + (isSpan ? "span of time" : "whole number") + ", got " + number);
        }
    }

    private Object text(JsonValue value, Class<?> type) throws SettingsException {
        if (!(value instanceof JsonValue.Text text)) {
            throw mismatch(value, "a string");
        }
        try {
            if (type == String.class) {
                return text.value();
            }
            if (type == Path.class) {
                return base.resolve(Path.of(text.value()));
            }
            if (type == URI.class) {
                return new URI(text.value());
            }
        } catch (InvalidPathException | URISyntaxException e) {
            throw records.problem(value, "'" + text.value() + "' cannot be read: " + e.getMessage());
        }
        if (type.isEnum()) {
            return constant(text, type);
        }
        throw new IllegalStateException("settings cannot have a component of " + type);
    }

    private Object constant(JsonValue.Text text, Class<?> type) throws SettingsException {
        Object[] constants = type.getEnumConstants();
        for (Object constant : constants) {
            if (word(constant).equals(text.value())) {
                return constant;
            }
        }
        String words = Arrays.stream(constants).map(ValueBinder::word).collect(Collectors.joining(", "));
        throw records.problem(text, "expected one of " + words);
    }

    private static String word(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
    }

    private SettingsException mismatch(JsonValue value, String expected) {
        return records.problem(value, "expected " + expected + ", got " + value.kind());
    }

    private static Class<?> raw(Type type) {
        return type instanceof ParameterizedType parameterized
                ? (Class<?>) parameterized.getRawType()
                : (Class<?>) type;
    }

    private static Type inner(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }
}
