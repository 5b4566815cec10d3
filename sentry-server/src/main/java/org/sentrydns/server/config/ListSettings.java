package org.sentrydns.server.config;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads where the lists come from. Confined to one thread. */
final class ListSettings {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final int MEGABYTES = 256;
    private static final BigDecimal MILLIS = BigDecimal.valueOf(1000);
    private static final BigDecimal HOUR = BigDecimal.valueOf(3600);
    private static final Pattern TIME = Pattern.compile("([0-9]{1,9})([smhd])");
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):/.*", Pattern.DOTALL);

    private final SourceText source;
    private final BaseFolder base;

    ListSettings(SourceText source, BaseFolder base) {
        this.source = source;
        this.base = base;
    }

    Map<String, ListSource> read(Section top) {
        Map<String, ListSource> lists = new LinkedHashMap<>();
        top.section("lists", section -> {
            for (String name : section.names("a list's name")) {
                section.value(name).flatMap(value -> list(section, name, value)).ifPresent(l -> lists.put(name, l));
            }
        });
        return lists;
    }

    /** Where the last good copies are kept, if the file says so. */
    Optional<Path> copies(Section top) {
        return base.path(top, "list_copies", "that of a folder for copies of lists");
    }

    private Optional<ListSource> list(Section section, String name, JsonValue value) {
        if (value instanceof JsonValue.Text text) {
            return origin(section, text)
                    .map(o -> new ListSource(name, o, DAY, megabytes(MEGABYTES), MINUTE, false, source, text.offset()));
        }
        if (!(value instanceof JsonValue.Members)) {
            section.problem(value, "expected a path, an http(s) address or an object, got " + value.kind());
            return Optional.empty();
        }
        Map<String, ListSource> read = new LinkedHashMap<>();
        section.section(name, inner -> whole(inner, name, value).ifPresent(l -> read.put(name, l)));
        return Optional.ofNullable(read.get(name));
    }

    private Optional<ListSource> whole(Section section, String name, JsonValue object) {
        Duration refresh = refresh(section);
        long maxBytes = megabytes(section.integer("max_megabytes", 1, 4096, MEGABYTES));
        Duration timeout = section.number("timeout", BigDecimal.ONE, HOUR, "expected seconds from 1 to 3600")
                .map(n -> Duration.ofMillis(n.value().multiply(MILLIS).longValue()))
                .orElse(MINUTE);
        boolean awaited = section.bool("wait", false);
        Optional<JsonValue> value = section.value("source");
        if (value.isEmpty()) {
            section.problem(object, "expected the key 'source': a path or an http(s) address");
        } else if (!(value.get() instanceof JsonValue.Text)) {
            section.problem(
                    value.get(),
                    "expected a path or an http(s) address, got " + value.get().kind());
        }
        return value.map(v -> v instanceof JsonValue.Text text ? text : null)
                .flatMap(text -> origin(section, text)
                        .map(o -> new ListSource(name, o, refresh, maxBytes, timeout, awaited, source, text.offset())));
    }

    private static long megabytes(int number) {
        return (long) number << 20;
    }

    private static Duration refresh(Section section) {
        String expected = "expected a time such as 30s, 15m, 24h or 7d, from 10s to 30d";
        Optional<JsonValue> value = section.value("refresh");
        if (value.isPresent() && !(value.get() instanceof JsonValue.Text)) {
            section.problem(value.get(), expected + ", got " + value.get().kind());
            return DAY;
        }
        String text = section.text("refresh", "24h");
        Matcher matcher = TIME.matcher(text);
        Duration time = matcher.matches() ? time(Long.parseLong(matcher.group(1)), matcher.group(2)) : Duration.ZERO;
        if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
            value.ifPresent(v -> section.problem(v, expected + ", got '" + text + "'"));
            return DAY;
        }
        return time;
    }

    private static Duration time(long number, String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    private Optional<ListSource.Origin> origin(Section section, JsonValue.Text text) {
        Matcher scheme = SCHEME.matcher(text.value());
        if (!scheme.matches()) {
            return file(section, text);
        }
        return switch (scheme.group(1).toLowerCase(Locale.ROOT)) {
            case "http", "https" -> address(section, text);
            default -> {
                section.problem(
                        text,
                        "'" + text.value() + "' cannot be read: expected a path, or an address that starts with "
                                + "http:// or https://");
                yield Optional.empty();
            }
        };
    }

    private static Optional<ListSource.Origin> address(Section section, JsonValue.Text text) {
        try {
            URI address = new URI(text.value());
            if (address.getHost() != null && address.getRawUserInfo() == null && address.getPort() <= 65535) {
                return Optional.of(new ListSource.OfAddress(address));
            }
        } catch (URISyntaxException e) {
            // What is wrong with it is said below: the exception counts characters and names no remedy.
        }
        section.problem(
                text,
                "'" + text.value() + "' is no address: expected https://host/path, without user and password, "
                        + "a space written as %20");
        return Optional.empty();
    }

    private Optional<ListSource.Origin> file(Section section, JsonValue.Text text) {
        String expected = "expected the path of a list, or an http(s) address";
        if (text.value().isBlank()) {
            section.problem(text, expected + ", got nothing");
            return Optional.empty();
        }
        Optional<Path> path = base.path(section, text, text.value(), "that of a list, or an http(s) address");
        path.ifPresent(file -> {
            if (!Files.exists(file)) {
                section.problem(text, "the file " + file + " does not exist: " + expected);
            } else if (!Files.isRegularFile(file)) {
                section.problem(text, file + " is no file: " + expected);
            } else if (!Files.isReadable(file)) {
                section.problem(text, "the file " + file + " cannot be read: its permissions forbid it");
            }
        });
        return path.map(ListSource.OfFile::new);
    }
}
