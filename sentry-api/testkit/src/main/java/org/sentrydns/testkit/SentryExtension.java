package org.sentrydns.testkit;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;

/**
 * A real Sentry for the tests of one class, on a free port of 127.0.0.1, with the plugins of the class path in class loaders of
 * their own. It is the distribution that the system property {@code sentry.home} names. Confined to the thread of the tests.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final SentryExtension SENTRY = SentryExtension.withRules("greet ^hi\\.test$ as Ada");
 *
 * @Test
 * void greet_overTheNetwork() throws Exception {
 *     assertEquals(1, SENTRY.ask("hi.test TXT").getSection(Section.ANSWER).size());
 * }
 * }</pre>
 *
 * @since 1.0
 */
public final class SentryExtension implements BeforeAllCallback, AfterAllCallback {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int MAX_MESSAGE = 65_535;

    private final List<String> rules;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private @Nullable ServerProcess server;

    private SentryExtension(List<String> rules) {
        this.rules = rules;
    }

    /**
     * A server with these rules.
     *
     * @param rules rule lines, in order; the verbs that Sentry brings may be used as well
     * @return the extension, for {@code @RegisterExtension static final}
     * @since 1.0
     */
    public static SentryExtension withRules(String... rules) {
        return new SentryExtension(List.of(rules));
    }

    /**
     * Adds settings of a plugin.
     *
     * @param plugin the plugin's id; for classes that are not in a jar yet, the verb
     * @param json an object in JSON
     * @return this extension
     * @since 1.0
     */
    public SentryExtension settings(String plugin, String json) {
        settings.put(plugin, json);
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        Path folder = Files.createTempDirectory("sentry-test");
        Path plugins = Files.createDirectory(folder.resolve("plugins"));
        ClassPathPlugins.copyTo(plugins);
        Path config = Files.writeString(folder.resolve("sentry.json"), config());
        server = ServerProcess.start(config, folder);
    }

    private String config() {
        String lines = rules.stream().map(SentryExtension::quoted).collect(Collectors.joining(",\n    "));
        String told = settings.entrySet().stream()
                .map(entry -> quoted(entry.getKey()) + ": " + entry.getValue())
                .collect(Collectors.joining(", "));
        return """
                {
                  "host": "127.0.0.1", "port": 0, "warm_up": false, "plugins": "plugins",
                  "plugin_settings": { %s },
                  "rules": [
                    %s
                  ]
                }
                """.formatted(told, lines);
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /**
     * Asks over UDP, from a loopback address.
     *
     * @param question {@code NAME [TYPE]}
     * @return the reply
     * @throws IllegalArgumentException if it says from where or over what to ask: only {@link RuleLine} can do that
     * @throws IOException if there is none within ten seconds
     * @since 1.0
     */
    public Message ask(String question) throws IOException {
        if (question.strip().split("\\s+", -1).length > 2) {
            throw new IllegalArgumentException("expected NAME [TYPE], got '" + question + "'");
        }
        TestQuery query = TestQuery.of(question);
        byte[] bytes = Message.newQuery(Record.newRecord(query.name(), query.type(), query.dnsClass()))
                .toWire();
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(InetAddress.getLoopbackAddress(), port());
            socket.send(new DatagramPacket(bytes, bytes.length));
            DatagramPacket packet = new DatagramPacket(new byte[MAX_MESSAGE], MAX_MESSAGE);
            socket.receive(packet);
            return new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
        }
    }

    /**
     * The port of the server.
     *
     * @return 1 to 65535
     * @since 1.0
     */
    public int port() {
        return running().port();
    }

    /**
     * What the server has written to its log.
     *
     * @return the lines until now
     * @since 1.0
     */
    public List<String> log() {
        return new ArrayList<>(running().log());
    }

    private ServerProcess running() {
        ServerProcess process = server;
        if (process == null) {
            throw new IllegalStateException("Sentry does not run: expected @RegisterExtension and a static field");
        }
        return process;
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        ServerProcess process = server;
        if (process != null) {
            process.close();
        }
    }
}
