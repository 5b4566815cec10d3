package org.sentrydns.server.config;

import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Takes what the reading of one object gives. Confined to one thread. */
final class Once<T> {
    private @Nullable T result;

    /** Empty if the key is not there or false, or its object made no sense, which then is a problem. */
    Optional<T> read(Section top, String key, BiFunction<Section, JsonValue, @Nullable T> reader) {
        top.value(key)
                .filter(value -> !(value instanceof JsonValue.Bool bool) || bool.value())
                .ifPresent(value -> top.section(key, section -> result = reader.apply(section, value)));
        return Optional.ofNullable(result);
    }
}
