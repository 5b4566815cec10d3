package org.sentrydns.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example plugins, built as a stranger would, from a distribution alone. */
final class ExamplePluginsIT {
    @TempDir
    Path folder;

    private Path home = Path.of("");

    @BeforeEach
    void copyDistribution() throws Exception {
        home = RuleJar.copyOfDistribution(folder.resolve("home"));
    }

    private void build(String name, String file) throws Exception {
        Path project = home.resolve("examples/plugins").resolve(name);
        Tool.Ran ran = Tool.run(project, Map.of(), List.of("mvn", "-q", "-ntp", "package"));
        assertEquals(0, ran.exit(), ran::text);
        Files.copy(
                project.resolve("target").resolve(file), home.resolve("plugins").resolve(file));
    }

    private static String ask(RunningSentry sentry, String name) throws Exception {
        return Tool.dig(sentry.port(), name, "TXT").out();
    }

    @Test
    void reputation_asksTheService() throws Exception {
        build("reputation", "reputation.jar");
        HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        AtomicInteger asked = new AtomicInteger();
        service.createContext("/check", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(exchange.getRequestURI().getQuery().equals("name=bad.test") ? 403 : 204, -1);
            exchange.close();
        });
        service.start();
        String told = "\"plugin_settings\": { \"reputation\": { \"service\": \"http://127.0.0.1:"
                + service.getAddress().getPort() + "/check\", \"timeout\": 10 } }, \"rule_budget\": 20,\n  \"rules\"";
        String config = RunningSentry.config("reputation \\.test$", "answer ^ with TXT good")
                .replace("\"rules\"", told);
        try (RunningSentry sentry = RunningSentry.start(home, folder, config)) {
            assertTrue(ask(sentry, "bad.test").contains("NXDOMAIN"));
            assertTrue(ask(sentry, "fine.test").contains("\"good\""));
            sentry.awaitLog("[sentry.plugin.reputation] INFO: the service refuses bad.test");
            sentry.signal("USR1");
            sentry.awaitLog("plugin.reputation.refused");
            int before = asked.get();
            Path file = Files.writeString(folder.resolve("same.json"), config);
            Tool.Ran ran = RunningSentry.run(home, folder, "explain", "-c", file.toString(), "bad.test");
            assertEquals(0, ran.exit(), ran::text);
            assertEquals(before, asked.get(), "a rehearsal asks nobody");
        } finally {
            service.stop(0);
        }
        Path wrong = Files.writeString(folder.resolve("wrong.json"), config.replace("http://127", "ftp://127"));
        Tool.Ran ran = RunningSentry.run(home, folder, "check", "-c", wrong.toString());
        assertEquals(2, ran.exit(), ran::text);
        assertTrue(ran.text().contains("expected an http or https address as service"), ran::text);
    }

    @Test
    void soundex_bringsItsLibraryInAZip() throws Exception {
        build("soundex", "soundex.zip");
        String config = RunningSentry.config("soundex ^ like Robert", "answer ^ with TXT good");
        try (RunningSentry sentry = RunningSentry.start(home, folder, config)) {
            assertTrue(ask(sentry, "rupert.test").contains("NXDOMAIN"));
            assertTrue(ask(sentry, "rubin.test").contains("\"good\""));
        }
    }

    @Test
    void upsideDown_isWrittenInKotlin() throws Exception {
        build("upside-down", "upside-down.jar");
        String config = RunningSentry.config("upside-down ^", "answer ^ with TXT good");
        try (RunningSentry sentry = RunningSentry.start(home, folder, config)) {
            assertTrue(ask(sentry, "a.test").contains("\"doog\""));
        }
    }
}
