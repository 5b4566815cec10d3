package org.sentrydns.server.config;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sentrydns.api.Upstream;
import org.xbill.DNS.Name;

/** Reads a configuration file; mistakes are collected, not thrown one by one. Confined to one thread. */
public final class ConfigReader {
    private static final int MAX_BYTES = 256 << 20;

    private final SourceText source;
    private final Problems problems;
    private final BaseFolder base;
    private final List<String> notices = new ArrayList<>();

    private ConfigReader(SourceText source, Problems problems, BaseFolder base) {
        this.source = source;
        this.problems = problems;
        this.base = base;
    }

    /**
     * Reads a file.
     *
     * @param file its path; paths in it are relative to its folder
     * @param problems takes the mistakes that do not end the reading
     * @return the configuration, to be used only if there were no problems
     * @throws InvalidConfigException if it is not JSON at all
     * @throws IOException if it cannot be read; the message names it
     */
    public static Config read(Path file, Problems problems) throws InvalidConfigException, IOException {
        byte[] bytes = bytes(file);
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException("config file " + file + " is not UTF-8 text", e);
        }
        SourceText source = new SourceText(file.toString(), text.startsWith("\uFEFF") ? text.substring(1) : text);
        BaseFolder base =
                new BaseFolder(Optional.ofNullable(file.toAbsolutePath().getParent()));
        return new ConfigReader(source, problems, base).read();
    }

    private static byte[] bytes(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw new IOException("config file " + file + " does not exist", e);
        } catch (AccessDeniedException e) {
            throw new IOException("config file " + file + " cannot be read: its permissions forbid it", e);
        } catch (IOException e) {
            throw new IOException("config file " + file + " cannot be read: " + e.getMessage(), e);
        }
        if (bytes.length > MAX_BYTES) {
            throw new IOException("config file " + file + " is larger than " + (MAX_BYTES >> 20) + " MiB");
        }
        return bytes;
    }

    /** Reads the configuration that the server starts with when no file is named. */
    public static Config embedded(Problems problems) throws InvalidConfigException {
        try (InputStream in = ConfigReader.class.getResourceAsStream("/org/sentrydns/server/default.json")) {
            if (in == null) {
                throw new IllegalStateException("default.json is missing in the server's jar");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new ConfigReader(new SourceText("default.json", text), problems, new BaseFolder(Optional.empty()))
                    .read();
        } catch (IOException e) {
            throw new IllegalStateException("default.json cannot be read from the server's jar", e);
        }
    }

    private Config read() throws InvalidConfigException {
        JsonValue root = JsonReader.read(source, problems);
        if (!(root instanceof JsonValue.Members members)) {
            problems.add(source.problem(root.offset(), "expected an object: { \"rules\": […] }"));
            problems.throwIfAny();
            throw new AssertionError("a problem was just added");
        }
        Section top = new Section(source, members, problems);
        ListSettings lists = new ListSettings(source, base);
        ObserverSettings observers = new ObserverSettings(source, base);
        Config config = new Config(
                source.file(),
                host(top),
                top.integer("port", 0, 65535, 5300),
                rules(top, members),
                top.seconds("resolution_timeout").orElse(Duration.ofSeconds(1)),
                GroupSettings.read(top),
                lists.read(top),
                lists.copies(top).or(ConfigReader::ownCopies),
                limits(top),
                cache(top),
                top.bool("special_names", true),
                top.bool("inspect_answers", true),
                rebinding(top),
                top.bool("case_randomisation", false),
                bootstrap(top),
                top.bool("warm_up", true),
                plugins(top),
                watched(top),
                QuietVerbs.read(top, source),
                RuleTime.read(top),
                PluginSettings.read(top, source, base, problems),
                expectations(top),
                observers.admin(top),
                observers.queryLog(top),
                observers.dnstap(top),
                notices);
        refuseOnePortForBoth(top, config);
        acceptOriginalKeys(top);
        top.rejectUnknownKeys();
        return config;
    }

    private Optional<Path> plugins(Section top) {
        Optional<Path> folder = base.path(top, "plugins", "that of a folder with plugin jars");
        if (folder.isPresent() && !Files.isDirectory(folder.get())) {
            top.value("plugins")
                    .ifPresent(v -> top.problem(v, "the plugins folder " + folder.get() + " does not exist"));
            return Optional.empty();
        }
        return folder;
    }

    /** TCP connections of clients and of the page would come to the same door. */
    private static void refuseOnePortForBoth(Section top, Config config) {
        AdminSettings admin = config.admin().orElse(null);
        if (admin != null
                && admin.port() != 0
                && admin.port() == config.port()
                && overlap(admin.host(), config.host())) {
            top.value("admin")
                    .ifPresent(v ->
                            top.problem(v, "port " + admin.port() + " is the server's own: expected another 'port'"));
        }
    }

    private static boolean overlap(InetAddress a, InetAddress b) {
        return a.equals(b) || a.isAnyLocalAddress() || b.isAnyLocalAddress();
    }

    private static boolean watched(Section top) {
        String text = top.text("reload", "hup");
        if (!text.equals("watch") && !text.equals("hup")) {
            top.value("reload").ifPresent(v -> top.problem(v, "expected \"watch\" or \"hup\", got '" + text + "'"));
        }
        return text.equals("watch");
    }

    private List<Expectation> expectations(Section top) {
        List<Expectation> expectations = new ArrayList<>();
        top.section(
                "expect",
                section -> section.offsets()
                        .forEach((question, key) -> section.value(question).ifPresent(value -> {
                            if (value instanceof JsonValue.Text text) {
                                expectations.add(new Expectation(question, text.value(), source, key, text.offset()));
                            } else {
                                section.problem(value, "expected a verb or \"none\", got " + value.kind());
                            }
                        })));
        return List.copyOf(expectations);
    }

    private static Optional<Path> ownCopies() {
        return CopiesFolder.choose(System.getenv(), System.getProperty("user.home"));
    }

    private InetAddress host(Section top) {
        String text = top.text("host", "127.0.0.1");
        try {
            return InetAddress.getByName(text.isEmpty() ? " " : text);
        } catch (UnknownHostException e) {
            top.value("host")
                    .ifPresent(v -> top.problem(
                            v,
                            "'" + text + "' is no address of this machine: expected "
                                    + "an IP address, 0.0.0.0 for all of IPv4, or :: for all"));
            return InetAddress.getLoopbackAddress();
        }
    }

    private List<RuleSource> rules(Section top, JsonValue.Members members) {
        List<RuleSource> rules = new ArrayList<>();
        Optional<JsonValue> value = top.value("rules");
        if (value.isEmpty()) {
            problems.add(source.problem(members.offset(), "expected the key 'rules': an array of rule lines"));
        }
        for (JsonValue.Text text : value.map(top::texts).orElse(List.of())) {
            addLines(text, rules);
        }
        return rules;
    }

    /** The original takes several rules in one string, a line each. */
    private void addLines(JsonValue.Text string, List<RuleSource> rules) {
        int start = 0;
        for (String line : string.value().stripTrailing().split("\n", -1)) {
            String stripped = line.strip();
            int indent = stripped.isEmpty() ? 0 : line.indexOf(stripped.charAt(0));
            rules.add(new RuleSource(stripped, source, string.offset(), start + indent));
            start += line.length() + 1;
        }
    }

    private static Limits limits(Section top) {
        Limits[] limits = {new Limits(10_000, 1_000)};
        top.section(
                "limits",
                section -> limits[0] = new Limits(
                        section.integer("queries_in_flight", 1, 1_000_000, 10_000),
                        section.integer("tcp_connections", 1, 100_000, 1_000)));
        return limits[0];
    }

    private static CacheSettings cache(Section top) {
        if (top.value("cache").orElse(null) instanceof JsonValue.Bool bool) {
            return bool.value() ? CacheSettings.DEFAULT : CacheSettings.OFF;
        }
        CacheSettings otherwise = CacheSettings.DEFAULT;
        CacheSettings[] settings = {otherwise};
        top.section("cache", section -> {
            int maxTtl = section.integer("max_ttl", 1, 604_800, otherwise.maxTtl());
            settings[0] = new CacheSettings(
                    section.integer("entries", 1, 100_000_000, otherwise.entries()),
                    section.integer("megabytes", 1, 65_536, (int) (otherwise.bytes() >> 20)) * (1L << 20),
                    section.integer("min_ttl", 0, Math.min(maxTtl, 86_400), otherwise.minTtl()),
                    maxTtl,
                    section.integer("stale", 0, 604_800, otherwise.stale()));
        });
        return settings[0];
    }

    private static Rebinding rebinding(Section top) {
        if (!(top.value("rebinding_protection").orElse(null) instanceof JsonValue.Members)) {
            return new Rebinding(top.bool("rebinding_protection", false), List.of());
        }
        Rebinding[] settings = {Rebinding.OFF};
        top.section("rebinding_protection", section -> {
            List<Name> except = new ArrayList<>();
            for (JsonValue.Text text :
                    section.value("except").map(section::texts).orElse(List.of())) {
                try {
                    // Names below it are meant in any case.
                    except.add(DomainNames.parse(text.value().replaceFirst("^\\*?\\.(?=.)", "")));
                } catch (IllegalArgumentException e) {
                    section.problem(text, e.getMessage() + ": expected one such as corp.example");
                }
            }
            settings[0] = new Rebinding(true, List.copyOf(except));
        });
        return settings[0];
    }

    private static List<Upstream> bootstrap(Section top) {
        List<Upstream> upstreams = new ArrayList<>();
        for (JsonValue.Text text : top.value("bootstrap").map(top::texts).orElse(List.of())) {
            try {
                Upstream upstream = Upstream.parse(text.value());
                if (upstream.isNamed()) {
                    top.problem(text, "'" + text.value() + "' has a name itself: expected an IP address or system");
                }
                upstreams.add(upstream);
            } catch (IllegalArgumentException e) {
                top.problem(text, String.valueOf(e.getMessage()));
            }
        }
        return upstreams;
    }

    private void acceptOriginalKeys(Section top) {
        if (top.value("threadpool_size").isPresent()) {
            notices.add("threadpool_size is not needed: every query has a thread of its own");
        }
        if (top.value("catchall_address").isPresent()) {
            notices.add("catchall_address is ignored: a resolve rule does its work");
        }
    }
}
