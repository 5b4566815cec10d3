package org.sentrydns.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A mistake in a configuration never starts, and every one is shown with its place. */
final class BadConfigIT {
    private static final String MISTAKES = """
            {
              "host": "127.0.0.1", "prot": 5300,
              "rules": [
                // Five mistakes, and a rule without one.
                "blok ^ads\\\\.",
                "block ^(foo",
                "answer ^fine\\\\.test$ with A 192.0.2.1",
                "redirect ^a\\\\.test$ too b.test",
                "resolve ^ using 8.8.8.8 if type is MXX",
              ],
            }
            """;

    private static final List<String> PLACES = List.of("2:24", "5:6", "6:17", "8:26", "9:41");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"check -c", "-c", "--config", "check --config"})
    void mistakes_areAllShownWithPlaceLineAndCaret(String arguments) throws Exception {
        Files.writeString(folder.resolve("bad.json"), MISTAKES);
        Tool.Ran ran = RunningSentry.run(folder, (arguments + " bad.json").split(" "));

        assertEquals(2, ran.exit(), ran::text);
        List<String> shown = ran.text().lines().toList();
        List<String> places = shown.stream()
                .filter(line -> line.startsWith("bad.json:"))
                .map(line -> line.replaceFirst("^bad.json:([0-9]+:[0-9]+): \\S.*$", "$1"))
                .toList();
        assertEquals(PLACES, places, ran::text);
        for (String place : PLACES) {
            assertShown(place, shown);
        }
        assertFalse(ran.text().contains("Server started"), ran::text);
        assertFalse(ran.text().contains("\tat "), ran::text);
    }

    /** The line of the file stands below the message, and the caret below the column. */
    private static void assertShown(String place, List<String> shown) {
        int line = Integer.parseInt(place.substring(0, place.indexOf(':')));
        int column = Integer.parseInt(place.substring(place.indexOf(':') + 1));
        int at = 0;
        while (!shown.get(at).startsWith("bad.json:" + place + ":")) {
            at++;
        }
        assertEquals(MISTAKES.lines().toList().get(line - 1), shown.get(at + 1));
        assertEquals(" ".repeat(column - 1) + "^", shown.get(at + 2));
    }

    @Test
    void mistakes_areShownWithWhatWasExpected() throws Exception {
        Files.writeString(folder.resolve("bad.json"), MISTAKES);
        String text = RunningSentry.run(folder, "check", "-c", "bad.json").text();

        for (String hint : List.of("'port'", "'block'", "expected 'to'", "regular expression", "MXX")) {
            assertTrue(text.contains(hint), () -> hint + " is missing in " + text);
        }
    }

    @Test
    void noJson_isShownWithItsPlace() throws Exception {
        Files.writeString(folder.resolve("bad.json"), "{\n  \"rules\": [ oops ]\n}\n");
        Tool.Ran ran = RunningSentry.run(folder, "check", "-c", "bad.json");

        assertEquals(2, ran.exit(), ran::text);
        assertTrue(ran.text().startsWith("bad.json:2:14: "), ran::text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"check -c nowhere.json", "-c nowhere.json", "plugins -c nowhere.json"})
    void missingFile_isNamedInOneSentence(String arguments) throws Exception {
        Tool.Ran ran = RunningSentry.run(folder, arguments.split(" "));

        assertEquals(2, ran.exit(), ran::text);
        assertOneSentence("nowhere.json", ran);
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "frobnicate", "-c", "benchmark -l 10", "benchmark -s nowhere -l 10", "--nonsense"})
    void wrongArguments_areNamedInOneSentence(String arguments) throws Exception {
        Tool.Ran ran = RunningSentry.run(folder, arguments.split(" "));

        assertEquals(2, ran.exit(), ran::text);
        assertOneSentence("", ran);
    }

    @Test
    void takenPort_isNamedInOneSentence() throws Exception {
        try (RunningSentry first = RunningSentry.start(folder, RunningSentry.config("block ^"))) {
            String second = RunningSentry.config("block ^").replace("\"port\": 0", "\"port\": " + first.port());
            Path file = Files.writeString(folder.resolve("second.json"), second);
            Tool.Ran ran = RunningSentry.run(folder, "-c", file.toString());

            assertEquals(1, ran.exit(), ran::text);
            assertOneSentence("127.0.0.1:" + first.port(), ran);
            assertTrue(first.isAlive());
        }
    }

    @Test
    void portTakenForTcpOnly_isNamedInOneSentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String config = RunningSentry.config("block ^").replace("\"port\": 0", "\"port\": " + taken.getLocalPort());
            Path file = Files.writeString(folder.resolve("taken.json"), config);
            Tool.Ran ran = RunningSentry.run(folder, "-c", file.toString());

            assertEquals(1, ran.exit(), ran::text);
            assertOneSentence("127.0.0.1:" + taken.getLocalPort(), ran);
        }
    }

    private static void assertOneSentence(String named, Tool.Ran ran) {
        List<String> sentences =
                ran.text().lines().filter(line -> !line.contains("] INFO: ")).toList();
        assertEquals(1, sentences.size(), ran::text);
        assertTrue(sentences.getFirst().startsWith("sentry: "), ran::text);
        assertTrue(sentences.getFirst().contains(named), ran::text);
    }

    @ParameterizedTest
    @MethodSource("ownFiles")
    void ownFile_passesTheCheck(Path file) throws Exception {
        Tool.Ran ran = RunningSentry.run(folder, "check", "-c", file.toString());

        assertEquals(0, ran.exit(), ran::text);
    }

    static List<Path> ownFiles() throws IOException {
        try (Stream<Path> examples = Files.list(RunningSentry.HOME.resolve("examples"));
                Stream<Path> conf = Files.list(RunningSentry.HOME.resolve("conf"))) {
            return Stream.concat(examples, conf)
                    .filter(file -> file.toString().endsWith(".json") && !file.endsWith("grafana.json"))
                    .map(Path::toAbsolutePath)
                    .sorted()
                    .toList();
        }
    }
}
