package org.sentrydns.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandLineTest extends CommandTest {
    @Test
    void help_listsTheCommands() {
        assertEquals(0, run("--help"));
        for (String command : new String[] {"check", "plugins", "benchmark", "--config", "--version"}) {
            assertTrue(out().contains(command), out());
        }
        assertEquals("", err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "explain", "plugins", "benchmark"})
    void help_ofEachCommand_isThere(String command) {
        assertEquals(0, run(command, "--help"));
        assertTrue(out().startsWith("sentry " + command + ": "), out());
    }

    @Test
    void version_isOneLine() {
        assertEquals(0, run("--version"));
        assertTrue(out().startsWith("sentry ") && out().contains("Java "), out());
    }

    @Test
    void optionWithoutItsValue_isAnError() {
        for (String last : new String[] {"-c", "--"}) {
            assertEquals(2, run("check", "-c", last));
            assertTrue(err().startsWith("sentry: "), err());
        }
        assertTrue(err().contains("an option before -- has no value"), err());
    }

    @Test
    void check_goodFile_saysHowManyRules() throws IOException {
        Path file = config("\"hush ^a\", \"hush ^b\"");
        assertEquals(0, run("check", "-c", file.toString()), err());
        assertTrue(out().contains(file + ": 2 rules, no mistakes"), out());
    }

    @Test
    void check_listThatNoRuleAsks_isRemarkedOn() throws IOException {
        Files.writeString(folder.resolve("ads.txt"), "ads.test\n");
        Path file = Files.writeString(
                folder.resolve("sentry.json"),
                "{ \"plugins\": \"plugins\", \"lists\": {\"ads\": \"ads.txt\"}, \"rules\": [\"hush ads\"] }");
        assertEquals(0, run("check", "-c", file.toString()), err());
        assertTrue(
                out().contains("warning: no rule uses this list: expected a subject @ads, not the expression ads\n"),
                out());
        Files.writeString(file, Files.readString(file).replace("hush ads", "hush @ads"));
        assertEquals(0, run("check", "-c", file.toString()), err());
        assertEquals(1, out().split("no rule uses", -1).length - 1);
    }

    @Test
    void check_fileThatIsNoList_endsWith2() throws IOException {
        Files.write(folder.resolve("ads.txt"), new byte[] {0, 1, 2});
        assertEquals(2, run("check", "-c", expecting("").toString()));
        assertTrue(out().contains("the list cannot be read: it is no text"), out());
    }

    @Test
    void check_brokenFile_showsEveryMistakeWithACaret() throws IOException {
        Path file = config("\"hush ^(a\", \"hus ^b\"");
        assertEquals(2, run("check", "-c", file.toString()));
        assertEquals(file + """
                        :2:22: not a regular expression: Unclosed group
                          "rules": ["hush ^(a", "hus ^b"] }
                                             ^

                        """ + file + """
                        :2:26: unknown verb 'hus': did you mean 'hush'?
                          "rules": ["hush ^(a", "hus ^b"] }
                                                 ^
                        """, err());
        assertEquals("", out());
    }

    private Path withLogInNoFolder() throws IOException {
        return Files.writeString(
                folder.resolve("log.json"),
                "{ \"plugins\": \"plugins\", \"rules\": [\"hush ^a\"],\n  \"query_log\": { \"file\": \"gone/log\" } }");
    }

    @ParameterizedTest
    @ValueSource(strings = {"check -c", "-c"})
    void queryLogInAFolderThatIsNotThere_isShownWithItsPlace(String command) throws IOException {
        Path file = withLogInNoFolder();
        assertEquals(2, run((command + " " + file).split(" ")));
        assertEquals(file + ":2:26: the folder " + folder.resolve("gone") + """
                         does not exist: expected the path of a file that can be written, or - for standard output
                          "query_log": { "file": "gone/log" } }
                                                 ^
                        """, err());
    }

    @Test
    void explain_doesNotWriteTheQueryLog_andDoesNotMindIt() throws IOException {
        assertEquals(0, run("explain", "-c", withLogInNoFolder().toString(), "a.test"), err());
    }

    /** Whatever its name looks like. */
    @ParameterizedTest
    @ValueSource(strings = {"none.json", "@none", "-v", "--"})
    void start_missingFile_isNamed(String file) {
        assertEquals(2, run("-c", file));
        assertEquals("sentry: config file " + file + " does not exist" + System.lineSeparator(), err());
    }

    @Test
    void check_missingFile_isNamed() {
        Path file = folder.resolve("none.json");
        assertEquals(2, run("check", "-c", file.toString()));
        assertEquals("sentry: config file " + file + " does not exist" + System.lineSeparator(), err());
    }

    @Test
    void check_folderInsteadOfAFile_isNoCrash() {
        assertEquals(2, run("check", "-c", folder.toString()));
        assertTrue(err().startsWith("sentry: config file " + folder + " cannot be read: "), err());
    }

    @Test
    void check_missingPluginsFolder_isShownWithItsPlaceAndOtherMistakes() throws IOException {
        Path file = Files.writeString(folder.resolve("sentry.json"), "{\"plugins\": \"nowhere\",\n \"rules\": 1}");
        assertEquals(2, run("check", "-c", file.toString()));
        assertTrue(
                err().startsWith(file + ":1:13: the plugins folder " + folder.resolve("nowhere") + " does not exist"),
                err());
        assertTrue(err().contains(file + ":2:11: expected an array of strings"), err());
    }

    @Test
    void check_badPlugin_isNamedInOneSentence() throws IOException {
        Path jar = Files.writeString(folder.resolve("plugins").resolve("bad.jar"), "no jar");
        assertEquals(2, run("check", "-c", config("").toString()));
        assertTrue(err().startsWith("sentry: plugin " + jar + " is not a jar that can be read"), err());
    }

    @Test
    void plugins_showsVerbSyntaxJarAndVersion() throws IOException {
        assertEquals(0, run("plugins", "-c", config("").toString()), err());
        assertTrue(out().contains("hush S"), out());
        assertTrue(out().contains("hush.jar, version 1.2.3"), out());
    }

    @Test
    void check_whatIsExpectedAndComes_isFine() throws IOException {
        Files.writeString(folder.resolve("ads.txt"), "ads.test\n");
        assertEquals(
                0,
                run(
                        "check",
                        "-c",
                        expecting("\"a.ads.test\": \"hush\", \"b\": \"none\"").toString()),
                err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"check -c", "-c"})
    void expectation_thatFails_endsWith2AndIsShown(String command) throws IOException {
        Files.writeString(folder.resolve("ads.txt"), "ads.test\n");
        Path file = expecting("\"a.ads.test\": \"none\"");

        assertEquals(2, run((command + " " + file).split(" ")));
        assertTrue(
                err().startsWith(file + ":3:28: expected none, but 'hush @ads' (" + file + ":2) decides: NOERROR"),
                err());
    }

    @Test
    void explain_showsEachRuleAndTheListsLine() throws IOException {
        Files.writeString(folder.resolve("ads.txt"), "# comment\nads.test\n");
        assertEquals(
                0, run("explain", "-c", expecting("").toString(), "a.ads.test", "MX", "--from", "10.0.0.1"), err());
        assertTrue(out().contains("a.ads.test. MX from 10.0.0.1"), out());
        assertTrue(out().contains("1  hush @ads  * NOERROR, by line 2 of the list ads"), out());
        assertTrue(out().contains("decided by 'hush @ads'"), out());
    }

    @Test
    void explain_forPrograms_isJson() throws IOException {
        Files.writeString(folder.resolve("ads.txt"), "ads.test\n");
        assertEquals(0, run("explain", "-c", expecting("").toString(), "\\\"b", "--json", "--resolve"), err());
        assertTrue(out().startsWith("{\"name\":\"\\\\\\\"b.\",\"type\":\"A\",\"client\":\"127.0.0.1\""), out());
        assertTrue(out().contains("\"part\":\"other-name\""), out());
        assertTrue(out().contains("status: REFUSED"), out());
    }

    @ParameterizedTest
    @CsvSource({
        "--nonsense, nonsense",
        "check, --config",
        "explain, NAME",
        "explain a..b, a..b",
        "explain a.test FOO, FOO",
        "explain a.test --from kids, kids",
        "check -c x --against y, --replay",
        "check -c x superfluous, is too much",
        "check -c x --superfluous, is no option",
        "chek -c x, did you mean",
        "-c x explain a.test, expected 'sentry explain -c x'",
        "-c x plugins, expected 'sentry plugins -c x'",
        "--benchmark plugins, --benchmark beside the command 'plugins'",
        "frobnicate, frobnicate",
        "benchmark, --server",
        "--benchmark, --server",
        "-s 127.0.0.1:53 -l 10, '--limit, --server given without a benchmark'",
        "--tcp, --tcp given without a benchmark",
        "-c x -r 5, --rate given without a benchmark",
        "-s 127.0.0.1:53 benchmark -l 10, --server given without a benchmark",
        "--tcp plugins, --tcp given without a benchmark",
        "benchmark -s nowhere, nowhere",
        "benchmark -s 127.0.0.1:99999, 127.0.0.1:99999",
        "benchmark -s 127.0.0.1:53 -t FOO, FOO",
        "benchmark -s 127.0.0.1:53 -l many, many",
        "benchmark -s 127.0.0.1:53 -d NaN, 'duration: expected 0 for no end, or 0.001 seconds to 1 day, found NaN seconds'",
        "benchmark -s 127.0.0.1:53 -d 1e-12, duration: expected 0 for no end",
        "benchmark -s 127.0.0.1:53 -d -1e-12, duration: expected 0 for no end",
        "benchmark -s 127.0.0.1:53 -d -1, duration: expected 0 seconds to 1 day",
        "benchmark -s 127.0.0.1:53 -f ., .: a folder"
    })
    void wrongArguments_areNamedAndEndWith2(String arguments, String named) {
        assertEquals(2, run(arguments.split(" ")));
        assertTrue(err().startsWith("sentry: "), err());
        assertTrue(err().contains(named), err());
    }

    @Test
    void explain_ofASpecialName_saysThatNobodyIsAsked() throws IOException {
        assertEquals(0, run("explain", "-c", config("\"hush ^a\"").toString(), "localhost"), err());
        assertTrue(out().startsWith("note: localhost. is a special name: Sentry answers it itself"), out());
        assertEquals(0, run("explain", "-c", config("\"hush ^a\"").toString(), "bücher.test"), err());
        assertTrue(out().contains("xn--bcher-kva.test. A from 127.0.0.1"), out());
    }

    @Test
    void expectations_besideAFileThatIsNoList_endWith2() throws IOException {
        Files.writeString(folder.resolve("ads.txt"), "..\\n");
        Path file = expecting("\"b.test\": \"none\"");
        assertEquals(2, run("-c", file.toString()));
        assertTrue(err().startsWith(file + ":2:44: the list cannot be read: it is no list"), err());
    }
}
