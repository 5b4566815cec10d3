package org.sentrydns.server.config;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads who may look on: the HTTP side, the query log, dnstap. Each is off unless its key is there. Confined to one thread. */
final class ObserverSettings {
    private static final int ADMIN_PORT = 5380;
    private static final int SHORTEST_TOKEN = 16;
    private static final BigDecimal SMALLEST_SAMPLE = new BigDecimal("0.000001");
    private static final Pattern HOST_AND_PORT = Pattern.compile("(?:\\[([0-9a-fA-F:.%]+)]|([^:\\s]+)):([0-9]{1,5})");

    private final SourceText source;
    private final BaseFolder base;

    ObserverSettings(SourceText source, BaseFolder base) {
        this.source = source;
        this.base = base;
    }

    Optional<AdminSettings> admin(Section top) {
        return new Once<AdminSettings>().read(top, "admin", (section, value) -> {
            InetAddress host = address(section);
            Optional<String> token = token(section);
            if (token.isEmpty() && !host.isLoopbackAddress()) {
                section.problem(
                        section.value("host").orElse(value),
                        "other machines reach this address: expected a 'token' of " + SHORTEST_TOKEN
                                + " or more characters beside it, or a loopback address such as 127.0.0.1");
            }
            return new AdminSettings(host, section.integer("port", 0, 65535, ADMIN_PORT), token);
        });
    }

    private static InetAddress address(Section section) {
        String text = section.text("host", "127.0.0.1");
        try {
            return InetAddress.getByName(text.isBlank() ? " " : text);
        } catch (UnknownHostException e) {
            section.value("host")
                    .ifPresent(v ->
                            section.problem(v, "'" + text + "' is no address of this machine: expected an IP address"));
            return InetAddress.getLoopbackAddress();
        }
    }

    private static Optional<String> token(Section section) {
        Optional<JsonValue> value = section.value("token");
        String text = section.text("token", "");
        if (value.orElse(null) instanceof JsonValue.Text && !text.matches("[!-~]{" + SHORTEST_TOKEN + ",}")) {
            section.problem(
                    value.get(), "expected " + SHORTEST_TOKEN + " or more visible ASCII characters without spaces");
        }
        return value.map(v -> text);
    }

    Optional<QueryLogSettings> queryLog(Section top) {
        return new Once<QueryLogSettings>().read(top, "query_log", (section, value) -> {
            Optional<JsonValue> file = section.value("file");
            if (file.isEmpty()) {
                section.problem(value, "expected the key 'file': a path, or - for standard output");
            }
            Optional<Path> path = section.text("file", "-").equals("-")
                    ? Optional.empty()
                    : base.path(section, "file", "that of a file, or - for standard output");
            if (file.isPresent() && section.text("file", "-").isBlank()) {
                section.problem(file.get(), "expected a path, or - for standard output");
            }
            return new QueryLogSettings(
                    path,
                    (long) section.integer("rotate_megabytes", 1, 1_000_000, 100) << 20,
                    Duration.ofHours(section.integer("rotate_hours", 1, 8760, 24)),
                    section.integer("keep", 0, 1000, 7),
                    section.number("sample", SMALLEST_SAMPLE, BigDecimal.ONE, "expected a share from 0.000001 to 1")
                            .map(n -> n.value().doubleValue())
                            .orElse(1.0),
                    section.bool("shorten_clients", false),
                    source,
                    file.orElse(value).offset());
        });
    }

    Optional<DnstapSettings> dnstap(Section top) {
        return new Once<DnstapSettings>().read(top, "dnstap", (section, value) -> {
            Optional<Path> unix = base.path(section, "unix", "that of a socket");
            Optional<JsonValue> tcp = section.value("tcp");
            if (unix.isPresent() == tcp.isPresent()) {
                section.problem(
                        value, "expected either 'unix', the path of a socket, or 'tcp', such as 127.0.0.1:6000");
            }
            Optional<SocketAddress> collector =
                    unix.isPresent() ? unix.map(UnixDomainSocketAddress::of) : tcp.flatMap(v -> collector(section, v));
            String identity = section.text("identity", "sentry");
            return collector.map(c -> new DnstapSettings(c, identity)).orElse(null);
        });
    }

    private static Optional<SocketAddress> collector(Section section, JsonValue value) {
        Matcher matcher = HOST_AND_PORT.matcher(section.text("tcp", ""));
        if (matcher.matches()) {
            int port = Integer.parseInt(matcher.group(3));
            String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
            try {
                if (port > 0 && port <= 65535) {
                    return Optional.of(new InetSocketAddress(InetAddress.getByName(host), port));
                }
            } catch (UnknownHostException e) {
                // Said below, with the other things that can be wrong with it.
            }
        }
        section.problem(value, "expected an address and a port, such as 127.0.0.1:6000 or [::1]:6000");
        return Optional.empty();
    }
}
