package org.sentrydns.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.sentrydns.api.RuleType;
import org.sentrydns.server.log.LogLines;
import org.sentrydns.server.plugin.JarMaker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Rcode;

final class ReloaderTest extends ReloadFixture {

    @Test
    void reload_ofAChangedFile_servesTheNewRulesOnTheSameSocket() throws Exception {
        InetSocketAddress before = server.local();
        assertEquals(Rcode.REFUSED, rcode("c.test."));
        config("\"hush ^a\\\\.\", \"hush ^c\\\\.\"");

        String summary = done();
        assertTrue(summary.startsWith("2 rules (1 new, 1 gone), 0 lists, 1 verbs in "), summary);
        assertEquals(before, server.local());
        assertEquals(Rcode.NOERROR, rcode("c.test."));
        assertEquals(Rcode.REFUSED, rcode("b.test."));
    }

    @Test
    void reload_withAQueryLogInAFolderThatIsNotThere_isRefusedWithItsPlace() throws Exception {
        config(0, "\"hush ^c\"", " \"query_log\": { \"file\": \"gone/log\" },");

        assertTrue(refused().contains(file + ":1:59: the folder " + folder.resolve("gone")), refused());
        assertEquals(Rcode.NOERROR, rcode("b.test."));
    }

    @Test
    void reload_ofABrokenFile_keepsTheOldRules() throws Exception {
        config("\"hush ^c\\\\.\", \"hus ^d\"");

        assertTrue(refused().startsWith(file + ":2:28: unknown verb 'hus'"), refused());
        assertEquals(Rcode.NOERROR, rcode("b.test."));
        assertEquals(Rcode.REFUSED, rcode("c.test."));
    }

    @Test
    void reload_withABrokenJar_keepsTheOldRules() throws Exception {
        Files.writeString(plugins.resolve("hush.jar"), "no jar");

        assertTrue(refused().contains("hush.jar is not a jar that can be read"), refused());
        assertEquals(Rcode.NOERROR, rcode("b.test."));
    }

    @Test
    void reload_withAListThatIsNoList_keepsTheOldRules() throws Exception {
        Path list = Files.writeString(folder.resolve("ads.txt"), "ads.test\n");
        config(0, "\"hush @ads\"", "\"lists\": {\"ads\": \"ads.txt\"},");
        done();
        assertEquals(Rcode.NOERROR, rcode("ads.test."), "a list is in before its rules are asked");
        config(0, "\"hush @more\"", "\"lists\": {\"more\": \"more.txt\"},");
        Files.write(folder.resolve("more.txt"), new byte[] {0, 1, 2, 3});

        assertTrue(refused().contains("the list cannot be read"), refused());
        assertEquals(Rcode.NOERROR, rcode("ads.test."));
        assertTrue(Files.exists(list));
    }

    @Test
    void reload_withAChangedListFile_hasItBeforeTheFirstQuery() throws Exception {
        Path list = Files.writeString(folder.resolve("ads.txt"), "ads.test\n");
        config(0, "\"hush @ads\"", "\"lists\": {\"ads\": \"ads.txt\"},");
        done();
        Files.writeString(list, "ads.test\nspy.example\n");

        done();
        assertEquals(Rcode.NOERROR, rcode("spy.example."));
    }

    @Test
    void reload_withAFailingExpectation_keepsTheOldRules() throws Exception {
        config(0, "\"hush ^c\\\\.\"", "\"expect\": {\"c.test\": \"none\"},");

        assertTrue(refused().contains("expected none, but 'hush ^c\\.' (" + file + ":2) decides"), refused());
        assertEquals(Rcode.NOERROR, rcode("b.test."));
    }

    /** As at the start: a list that was never there is not the reload's fault. */
    @Test
    void reload_withAListThatWasMissingBefore_isTaken_andSaysWhatFails() throws Exception {
        String missing = "\"lists\": {\"ads\": \"http://127.0.0.1:" + freePort() + "/ads\"},";
        String expected = missing + " \"expect\": {\"ads.test\": \"hush\"},";
        config(0, "\"hush @ads\"", expected);
        assertTrue(refused().contains("the list cannot be read: it could not be downloaded: "), refused());

        config(0, "\"hush @ads\"", missing);
        done();
        config(0, "\"hush @ads\"", expected);
        try (LogLines said = new LogLines("sentry.core")) {
            done();
            assertTrue(
                    said.take().stream()
                            .anyMatch(
                                    line -> line.startsWith("WARN not all comes out as the configuration expects, maybe"
                                            + " since these lists are not in yet: ads\n")),
                    "the log says what fails");
        }
    }

    @Test
    void reload_withAListUnderAnotherAddressThatFails_keepsWhatItSaid() throws Exception {
        Files.writeString(folder.resolve("ads.txt"), "ads.test\n");
        config(0, "\"hush @ads\"", "\"lists\": {\"ads\": \"ads.txt\"},");
        done();
        config(0, "\"hush @ads\"", "\"lists\": {\"ads\": \"http://127.0.0.1:" + freePort() + "/ads\"},");

        done();
        assertEquals(Rcode.NOERROR, rcode("ads.test."));
    }

    @Test
    void reload_toAnotherPort_movesTheServer() throws Exception {
        InetSocketAddress before = server.local();
        int port = freePort();
        config(port, FIRST, "");

        done();
        assertEquals(port, server.local().getPort());
        // Without a query in between, which would wake the loop.
        await().until(() -> isFree(before));
        assertEquals(Rcode.NOERROR, rcode("a.test."));
    }

    @Test
    void reload_toATakenPort_isRefused() throws Exception {
        try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            config(taken.getLocalPort(), FIRST, "");

            assertTrue(refused().contains("cannot listen on 127.0.0.1:" + taken.getLocalPort()), refused());
            assertEquals(Rcode.NOERROR, rcode("a.test."));
        }
    }

    private static int freePort() throws IOException {
        try (DatagramSocket free = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            return free.getLocalPort();
        }
    }

    private static boolean isFree(InetSocketAddress address) {
        try (DatagramSocket socket = new DatagramSocket(address)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void reload_withAReplacedJar_usesItAndFreesTheLoaderOfTheOldOne() throws Exception {
        WeakReference<ClassLoader> old = loader("hush");
        Path other = Files.createDirectory(folder.resolve("other"));
        Path fresh = new JarMaker(other)
                .ruleType("Hush", "hush", "")
                .ruleType("Calm", "calm", "")
                .write("hush.jar");
        Files.copy(fresh, plugins.resolve("hush.jar"), StandardCopyOption.REPLACE_EXISTING);
        assertEquals(Rcode.NOERROR, rcode("b.test."), "the old one goes on until the reload");
        config("\"calm ^c\\\\.\"");
        done();

        assertEquals(Rcode.NOERROR, rcode("c.test."));
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            return old.get() == null;
        });
    }

    private WeakReference<ClassLoader> loader(String verb) {
        RuleType type = server.edition().plugins().types().get(verb);
        assertNotNull(type);
        return new WeakReference<>(type.getClass().getClassLoader());
    }

    /** Nothing fails quietly: who changed these keys waits for something that does not come. */
    @Test
    void reload_ofWhatAServerTakesAtItsStartOnly_saysSo() throws Exception {
        String changed = "WARN query_log has changed since the start and stays as it was until the next one";
        try (LogLines said = new LogLines("sentry.core")) {
            config(0, FIRST, "\"query_log\": {\"file\": \"log\"}, \"admin\": false,");
            done();
            assertTrue(said.take().contains(changed));
            config(0, FIRST, "  \"query_log\": {\"file\": \"log\"},");
            done();
            assertTrue(said.take().contains(changed), "it still is not what runs");
            config(0, FIRST, "");
            done();
            assertTrue(said.take().stream().noneMatch(line -> line.startsWith("WARN")));
        }
    }

    @Test
    void reload_withAQuietVerb_leavesItsLinesOut_untilItIsTakenBack() throws Exception {
        Logger hush = LoggerFactory.getLogger("sentry.rules.hush");
        config(0, FIRST, "\"quiet\": [\"hush\"],");
        done();
        assertFalse(hush.isErrorEnabled());
        config(0, FIRST, "\"quiet\": [\"huhs\"],");
        assertTrue(refused().contains("there is no verb 'huhs': did you mean 'hush'?"), refused());
        assertFalse(hush.isErrorEnabled());
        config(0, FIRST, "");
        done();
        assertTrue(hush.isInfoEnabled());
    }

    @Test
    void reload_whileAQueryIsIn_letsItEndOnItsOwnRules() throws Exception {
        new JarMaker(plugins).source("Slow", SlowVerb.SOURCE).service("Slow").write("slow.jar");
        config("\"slow ^slow\\\\.\"");
        done();
        System.setProperty("sentry.test.gate", "shut");
        CompletableFuture<Integer> reply = CompletableFuture.supplyAsync(() -> {
            try {
                return rcode("slow.test.");
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        await().until(() -> "in".equals(System.getProperty("sentry.test.gate")));
        config("\"hush ^x\"");
        done();
        System.setProperty("sentry.test.gate", "open");

        assertEquals(Rcode.NOERROR, reply.get(10, TimeUnit.SECONDS));
        assertEquals(Rcode.REFUSED, rcode("slow.test."));
    }
}
