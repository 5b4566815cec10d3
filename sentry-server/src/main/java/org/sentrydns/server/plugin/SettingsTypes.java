package org.sentrydns.server.plugin;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a component of a plugin's settings can be. Another one is the plugin's mistake, and no file could be right for it. */
final class SettingsTypes {
    private static final Set<Type> SINGLE = Set.of(
            String.class,
            boolean.class,
            Boolean.class,
            int.class,
            Integer.class,
            long.class,
            Long.class,
            double.class,
            Double.class,
            BigDecimal.class,
            Duration.class,
            Path.class,
            URI.class);

    private SettingsTypes() {}

    /** @throws IllegalArgumentException if the record, or one in it, has a component of another type */
    static void check(Class<?> settings) {
        check(settings, new HashSet<>());
    }

    private static void check(Class<?> settings, Set<Class<?>> seen) {
        if (seen.add(settings)) {
            for (RecordComponent component : settings.getRecordComponents()) {
                if (!isSupported(component.getGenericType(), seen)) {
                    throw new IllegalArgumentException(
                            "the record " + settings.getName() + " of its settings has the component "
                                    + component.getName() + " of the unsupported type "
                                    + component.getGenericType().getTypeName());
                }
            }
        }
    }

    private static boolean isSupported(Type type, Set<Class<?>> seen) {
        if (type instanceof Class<?> single) {
            if (single.isRecord()) {
                check(single, seen);
            }
            return single.isRecord() || single.isEnum() || SINGLE.contains(single);
        }
        if (!(type instanceof ParameterizedType several)) {
            return false;
        }
        Type[] inner = several.getActualTypeArguments();
        if (several.getRawType() == Map.class) {
            return inner[0] == String.class && isSupported(inner[1], seen);
        }
        return (several.getRawType() == List.class || several.getRawType() == Optional.class)
                && isSupported(inner[0], seen);
    }
}
