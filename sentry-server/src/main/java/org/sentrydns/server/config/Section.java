package org.sentrydns.server.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** One object of the file while it is being read: what was asked for is known, what is left is a mistake. */
final class Section {
    private static final BigDecimal MILLISECOND = new BigDecimal("0.001");
    private static final BigDecimal MINUTE = BigDecimal.valueOf(60);

    private final SourceText source;
    private final JsonValue.Members members;
    private final Problems problems;
    private final Set<String> known = new LinkedHashSet<>();

    Section(SourceText source, JsonValue.Members members, Problems problems) {
        this.source = source;
        this.members = members;
        this.problems = problems;
    }

    Optional<JsonValue> value(String key) {
        known.add(key);
        return Optional.ofNullable(members.values().get(key));
    }

    String text(String key, String otherwise) {
        return value(key).flatMap(this::asText).map(JsonValue.Text::value).orElse(otherwise);
    }

    int integer(String key, int min, int max, int otherwise) {
        String expected = "expected a whole number from " + min + " to " + max;
        return number(key, BigDecimal.valueOf(min), BigDecimal.valueOf(max), expected)
                .filter(n -> {
                    boolean whole = n.value().stripTrailingZeros().scale() <= 0;
                    if (!whole) {
                        problem(n, expected);
                    }
                    return whole;
                })
                .map(n -> n.value().intValueExact())
                .orElse(otherwise);
    }

    /** A span of time in seconds, from a thousandth to a minute. */
    Optional<Duration> seconds(String key) {
        return number(key, MILLISECOND, MINUTE, "expected seconds from 0.001 to 60")
                .map(n -> Duration.ofNanos(n.value().movePointRight(9).longValue()));
    }

    boolean bool(String key, boolean otherwise) {
        return value(key)
                .flatMap(v -> v instanceof JsonValue.Bool bool
                        ? Optional.of(bool.value())
                        : mismatch(v, "expected true or false"))
                .orElse(otherwise);
    }

    Optional<JsonValue.Numeric> number(String key, BigDecimal min, BigDecimal max, String expected) {
        return value(key)
                .flatMap(v -> v instanceof JsonValue.Numeric n ? Optional.of(n) : mismatch(v, expected))
                .filter(n -> {
                    boolean inRange = n.value().compareTo(min) >= 0 && n.value().compareTo(max) <= 0;
                    if (!inRange) {
                        problem(n, expected + ", got " + n.value());
                    }
                    return inRange;
                });
    }

    List<JsonValue.Text> texts(JsonValue value) {
        List<JsonValue.Text> texts = new ArrayList<>();
        if (value instanceof JsonValue.Array array) {
            array.values().forEach(v -> asText(v).ifPresent(texts::add));
        } else {
            mismatch(value, "expected an array of strings");
        }
        return texts;
    }

    /** Reads a member that is an object itself; unknown keys in it are mistakes as well. */
    void section(String key, Consumer<Section> reader) {
        value(key).ifPresent(v -> {
            if (v instanceof JsonValue.Members inner) {
                Section section = new Section(source, inner, problems);
                reader.accept(section);
                section.rejectUnknownKeys();
            } else {
                mismatch(v, "expected an object");
            }
        });
    }

    /** Where each key stands, for keys that are no names. */
    Map<String, Integer> offsets() {
        return members.keys();
    }

    private Set<String> keys() {
        known.addAll(members.keys().keySet());
        return members.keys().keySet();
    }

    /** All keys, where they are names that rules refer to. */
    Set<String> names(String what) {
        for (String name : keys()) {
            if (!name.matches("[A-Za-z][A-Za-z0-9_-]*")) {
                String expected = "expected letters, digits, - and _, starting with a letter";
                int offset = members.keys().getOrDefault(name, members.offset());
                problems.add(source.problem(offset, "'" + name + "' cannot be " + what + ": " + expected));
            }
        }
        return keys();
    }

    void rejectUnknownKeys() {
        members.keys().forEach((key, offset) -> {
            if (!known.contains(key)) {
                problems.add(source.problem(offset, "unknown key '" + key + "'" + Nearest.hint(key, known)));
            }
        });
    }

    void problem(JsonValue value, String message) {
        problems.add(source.problem(value.offset(), message));
    }

    private Optional<JsonValue.Text> asText(JsonValue value) {
        return value instanceof JsonValue.Text text ? Optional.of(text) : mismatch(value, "expected a string");
    }

    private <T> Optional<T> mismatch(JsonValue value, String expected) {
        problem(value, expected + ", got " + value.kind());
        return Optional.empty();
    }
}
