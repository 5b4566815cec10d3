package org.sentrydns.server;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.sentrydns.server.edition.Edition;
import org.sentrydns.server.edition.ReloadResult;
import org.sentrydns.server.plugin.JarMaker;
import org.sentrydns.server.query.QueryObserver;
import org.sentrydns.server.stats.Statistics;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** A server with a plugin and two rules, which a test changes and reads again. */
abstract class ReloadFixture {
    static final String FIRST = "\"hush ^a\\\\.\", \"hush ^b\\\\.\"";

    @TempDir
    Path folder;

    final Statistics statistics = new Statistics(System::nanoTime);
    Path plugins = Path.of("");
    Path file = Path.of("");

    @SuppressWarnings("NullAway.Init")
    SentryServer server;

    @SuppressWarnings("NullAway.Init")
    Reloader reloader;

    @BeforeEach
    void start() throws Exception {
        plugins = Files.createDirectory(folder.resolve("plugins"));
        jar("Hush", "hush").write("hush.jar");
        file = folder.resolve("sentry.json");
        config(FIRST);
        Edition edition = Edition.read(file, statistics::verb);
        server = SentryServer.start(edition, statistics, QueryObserver.NOBODY, UnaryOperator.identity());
        edition.lists().start();
        reloader = new Reloader(file, server, statistics);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    JarMaker jar(String type, String verb) {
        return new JarMaker(plugins).ruleType(type, verb, "");
    }

    void config(String rules) throws IOException {
        config(0, rules, "");
    }

    void config(int port, String rules, String more) throws IOException {
        Files.writeString(
                file,
                "{ \"port\": " + port + ", \"plugins\": \"plugins\"," + more + "\n  \"rules\": [" + rules + "] }");
    }

    int rcode(String name) throws IOException {
        return rcode(server.local(), name);
    }

    static int rcode(InetSocketAddress to, String name) throws IOException {
        SimpleResolver resolver = new SimpleResolver(to.getAddress());
        resolver.setPort(to.getPort());
        resolver.setTimeout(Duration.ofSeconds(5));
        Message query = Message.newQuery(Record.newRecord(Name.fromString(name), Type.A, DClass.IN));
        return resolver.send(query).getRcode();
    }

    String done() throws InterruptedException {
        return assertInstanceOf(ReloadResult.Done.class, reloader.reload()).summary();
    }

    String refused() throws InterruptedException {
        return String.join(
                "\n",
                assertInstanceOf(ReloadResult.Refused.class, reloader.reload()).problems());
    }
}
