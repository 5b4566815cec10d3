package org.sentrydns.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of mistake in a file, with its place and what was expected. */
final class MistakesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    {"rules": [], "prot": 53}               ~ 1:15 unknown key 'prot': did you mean 'port'?
                    {"rules": [], "limits": {"tcp_conections": 3}} ~ 1:26 unknown key 'tcp_conections': did you mean 'tcp_connections'?
                    {"rules": [], "limits": {"zzz": 3}}     ~ 1:26 unknown key 'zzz': expected one of queries_in_flight, tcp_connections
                    {"rules": [], "port": "x"}              ~ 1:23 expected a whole number from 0 to 65535, got a string
                    {"rules": [], "port": 70000}            ~ 1:23 expected a whole number from 0 to 65535, got 70000
                    {"rules": [], "port": -1}               ~ 1:23 expected a whole number from 0 to 65535, got -1
                    {"rules": [], "port": 53.5}             ~ 1:23 expected a whole number from 0 to 65535
                    {"rules": [], "port": null}             ~ 1:23 expected a whole number from 0 to 65535, got null
                    {"rules": [], "host": 5}                ~ 1:23 expected a string, got a number
                    {"rules": [], "plugins": {}}            ~ 1:26 expected a string, got an object
                    {"rules": "log ^a"}                     ~ 1:11 expected an array of strings, got a string
                    {"rules": ["log ^a", 1]}                ~ 1:22 expected a string, got a number
                    {"rules": ["log ^a", ["log ^b"]]}       ~ 1:22 expected a string, got an array
                    {"rules": [], "resolution_timeout": 0}  ~ 1:37 expected seconds from 0.001 to 60, got 0
                    {"rules": [], "resolution_timeout": 61} ~ 1:37 expected seconds from 0.001 to 60, got 61
                    {"rules": [], "resolution_timeout": true} ~ 1:37 expected seconds from 0.001 to 60, got true or false
                    {"rules": [], "limits": {"queries_in_flight": 0}} ~ 1:47 expected a whole number from 1 to 1000000, got 0
                    {"rules": [], "limits": []}             ~ 1:25 expected an object, got an array
                    {"rules": [], "groups": []}             ~ 1:25 expected an object, got an array
                    {"rules": [], "groups": {"kids": 1}}    ~ 1:34 expected an array of strings, got a number
                    {"rules": [], "groups": {"9x": []}}     ~ 1:26 '9x' cannot be a group's name: expected letters, digits, - and _, starting with a letter
                    {"rules": [], "lists": []}              ~ 1:24 expected an object, got an array
                    {"rules": [], "lists": {"9x": "http://a.test/"}} ~ 1:25 '9x' cannot be a list's name: expected letters, digits, - and _, starting with a letter
                    {"rules": [], "lists": {"ads": 1}}      ~ 1:32 expected a path, an http(s) address or an object, got a number
                    {"rules": [], "lists": {"ads": {}}}     ~ 1:32 expected the key 'source': a path or an http(s) address
                    {"rules": [], "lists": {"ads": {"source": 1}}} ~ 1:43 expected a path or an http(s) address, got a number
                    {"rules": [], "lists": {"ads": ""}}     ~ 1:32 expected the path of a list, or an http(s) address, got nothing
                    {"rules": [], "lists": {"ads": {"source": "http://a.test/", "refesh": "1h"}}} ~ 1:61 unknown key 'refesh': did you mean 'refresh'?
                    {"rules": [], "lists": {"ads": {"source": "http://a.test/", "refresh": "1w"}}} ~ 1:72 expected a time such as 30s, 15m, 24h or 7d, from 10s to 30d, got '1w'
                    {"rules": [], "lists": {"ads": {"source": "http://a.test/", "refresh": "9s"}}} ~ 1:72 expected a time such as 30s, 15m, 24h or 7d, from 10s to 30d, got '9s'
                    {"rules": [], "lists": {"ads": {"source": "http://a.test/", "refresh": "31d"}}} ~ 1:72 expected a time such as 30s, 15m, 24h or 7d, from 10s to 30d, got '31d'
                    {"rules": [], "lists": {"ads": {"source": "http://a.test/", "refresh": 60}}} ~ 1:72 expected a time such as 30s, 15m, 24h or 7d, from 10s to 30d, got a number
                    {"rules": [], "lists": {"ads": {"source": "http://a.test/", "max_megabytes": 0}}} ~ 1:78 expected a whole number from 1 to 4096, got 0
                    {"rules": [], "lists": {"ads": {"source": "http://a.test/", "timeout": 0.5}}} ~ 1:72 expected seconds from 1 to 3600, got 0.5
                    {"rules": [], "list_copies": 1}         ~ 1:30 expected a string, got a number
                    {"rules": [], "rebinding_protection": {"except": ["a..b"]}} ~ 1:51 'a..b' is no domain name: expected one such as corp.example
                    {"rules": [], "rebinding_protection": {"except": ["corp.example", ""]}} ~ 1:67 '' is no domain name: expected one such as corp.example
                    {"rules": [], "rebinding_protection": {"except": ["not a name"]}} ~ 1:51 'not a name' is no domain name: expected one such as corp.example
                    {"rules": [], "port": 5380, "admin": {"port": 5380}} ~ 1:38 port 5380 is the server's own: expected another 'port'
                    {"rules": [], "admin": true}            ~ 1:24 expected an object, got true or false
                    {"rules": [], "admin": {"host": "0.0.0.0"}} ~ 1:33 other machines reach this address: expected a 'token' of 16 or more characters beside it, or a loopback address such as 127.0.0.1
                    {"rules": [], "admin": {"token": "short"}} ~ 1:34 expected 16 or more visible ASCII characters without spaces
                    {"rules": [], "admin": {"tokn": ""}}    ~ 1:25 unknown key 'tokn': did you mean 'token'?
                    {"rules": [], "query_log": {}}          ~ 1:28 expected the key 'file': a path, or - for standard output
                    {"rules": [], "query_log": {"file": "-", "sample": 0}} ~ 1:52 expected a share from 0.000001 to 1, got 0
                    {"rules": [], "dnstap": {}}             ~ 1:25 expected either 'unix', the path of a socket, or 'tcp', such as 127.0.0.1:6000
                    {"rules": [], "dnstap": {"tcp": "6000"}} ~ 1:33 expected an address and a port, such as 127.0.0.1:6000 or [::1]:6000
                    {}                                      ~ 1:1 expected the key 'rules': an array of rule lines
                    []                                      ~ 1:1 expected an object: { "rules": […] }
                    {"rules": []} 5                         ~ 1:15 expected the end of the file
                    ''                                      ~ 1:1 the file is empty: expected {
                    ' // only a comment'                    ~ 1:1 the file is empty: expected {
                    """)
    void read_oneMistake_isPlacedAndExplained(String json, String mistake) throws IOException {
        assertEquals(List.of(mistake), Reading.places(folder, json));
    }

    @ParameterizedTest
    @CsvSource({"192.168.7.1/24", "192.168.7.0/33", "192.168.7.0/", "192.168.7", "kids", "2001:db8::1/32", "''"})
    void read_groupMemberThatIsNoClient_saysWhatOneIs(String member) throws IOException {
        assertEquals(
                List.of("1:35 '" + member + "' is no client: expected an address (192.168.1.20) "
                        + "or a block (192.168.7.0/24, no bits behind the prefix)"),
                Reading.places(folder, "{\"rules\": [], \"groups\": {\"kids\": [\"" + member + "\"]}}"));
    }

    @ParameterizedTest
    @CsvSource({"https://", "http://a b.test/", "http://user:secret@a.test/", "http://a.test:99999/", "http://ä.test/"})
    void read_addressThatIsNone_saysWhatOneIs(String address) throws IOException {
        String mistake = Reading.places(folder, "{\"rules\": [], \"lists\": {\"ads\": \"" + address + "\"}}")
                .getFirst();
        assertTrue(mistake.startsWith("1:32 '" + address + "' is no address: expected https://host/path"), mistake);
    }

    @ParameterizedTest
    @CsvSource({"ftp://a.test/ads", "file:///etc/hosts", "htps://a.test/ads"})
    void read_addressOfAnotherScheme_isAMistake(String address) throws IOException {
        assertEquals(
                List.of("1:32 '" + address + "' cannot be read: expected a path, or an address that starts with "
                        + "http:// or https://"),
                Reading.places(folder, "{\"rules\": [], \"lists\": {\"ads\": \"" + address + "\"}}"));
    }

    @Test
    void read_listFileThatIsMissingOrAFolder_isAMistakeAtItsPlace() throws IOException {
        Files.createDirectory(folder.resolve("sub"));
        String expected = ": expected the path of a list, or an http(s) address";
        assertEquals(
                List.of(
                        "1:32 the file " + folder.resolve("ads.txt") + " does not exist" + expected,
                        "1:62 " + folder.resolve("sub") + " is no file" + expected),
                Reading.places(
                        folder, "{\"rules\": [], \"lists\": {\"ads\": \"ads.txt\", \"more\": {\"source\": \"sub\"}}}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    gone/queries.jsonl ~ the folder %s/gone does not exist
                    queries.jsonl      ~ %s/queries.jsonl is a folder
                    text/queries.jsonl ~ %s/text is no folder
                    """)
    void check_queryLogThatCannotBeWritten_isAMistakeAtItsPlace(String file, String mistake) throws IOException {
        Files.createDirectory(folder.resolve("queries.jsonl"));
        Files.writeString(folder.resolve("text"), "");

        assertEquals(
                List.of("1:37 " + mistake.formatted(folder)
                        + ": expected the path of a file that can be written, or - for standard output"),
                Reading.places(folder, "{\"rules\": [], \"query_log\": {\"file\": \"" + file + "\"}}"));
    }

    /** Root may write everywhere, so the answer is given here. */
    @ParameterizedTest
    @CsvSource({"closed/queries.jsonl, the folder, closed", "queries.jsonl, the file, queries.jsonl"})
    void check_queryLogThatThisUserMayNotWrite_isAMistakeAtItsPlace(String file, String what, String path)
            throws Exception {
        Files.createDirectory(folder.resolve("closed"));
        Files.createFile(folder.resolve("queries.jsonl"));
        String json = "{\"rules\": [], \"query_log\": {\"file\": \"" + file + "\"}}";
        Problems problems = new Problems();

        Reading.good(folder, json).queryLog().orElseThrow().checkFile(problems, some -> false);

        List<Problem> found =
                assertThrows(InvalidConfigException.class, problems::throwIfAny).problems();
        assertEquals(
                what + " " + folder.resolve(path)
                        + " cannot be written by this user: expected the path of a file that can be written, "
                        + "or - for standard output",
                found.getFirst().message());
        assertEquals(37, found.getFirst().column());
    }

    @Test
    void check_queryLogThatCanBeWritten_isNotMade() throws Exception {
        Reading.good(folder, "{\"rules\": [], \"query_log\": {\"file\": \"queries.jsonl\"}}");

        assertFalse(Files.exists(folder.resolve("queries.jsonl")));
    }

    @ParameterizedTest
    @CsvSource({"''", "':::1'"})
    void read_hostThatIsNone_saysWhatOneIs(String host) throws IOException {
        String mistake = Reading.places(folder, "{\"rules\": [], \"host\": \"" + host + "\"}")
                .getFirst();
        assertTrue(mistake.startsWith("1:23 '" + host + "' is no address of this machine: expected "), mistake);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    {"rules": []            ~ 1:13
                    {"rules": ["a" "b"]}    ~ 1:16
                    {"rules": [], 'port': 1} ~ 1:15
                    {"rules": ["\\x"]}      ~ 1:14
                    {"rules": [], "rules": []} ~ 1:22
                    {"rules": [], "port": 1e9999999999} ~ 1:23
                    {"rules": []} x         ~ 1:15
                    """)
    void read_textThatIsNotJson_isPlacedInItsLine(String json, String place) throws IOException {
        List<String> mistakes = Reading.places(folder, json);
        assertEquals(1, mistakes.size());
        String mistake = mistakes.getFirst();
        assertTrue(mistake.startsWith("1:"), mistake);
        assertTrue(mistake.contains("not valid JSON: "), mistake);
        assertFalse(mistake.contains("Source"), mistake);
        assertEquals(place, mistake.substring(0, mistake.indexOf(' ')), mistake);
    }

    @Test
    void read_deeplyNestedFile_isAMistakeAndNoCrash() throws IOException {
        String mistake =
                Reading.places(folder, "{\"rules\": " + "[".repeat(100_000)).getFirst();
        assertTrue(mistake.startsWith("1:"), mistake);
    }

    @Test
    void read_pathThatIsNone_isAMistake() throws IOException {
        String mistake = Reading.places(folder, "{\"rules\": [], \"plugins\": \"a\\u0000b\"}")
                .getFirst();
        assertTrue(mistake.startsWith("1:26 'a\u0000b' is no path"), mistake);
    }

    @Test
    void read_severalMistakes_areAllShownInTheOrderOfTheirPlaces() throws IOException {
        assertEquals(
                List.of(
                        "2:11 expected a whole number from 0 to 65535, got 70000",
                        "3:13 expected a string, got a number",
                        "4:23 '1.2.3' is no client: expected an address (192.168.1.20) "
                                + "or a block (192.168.7.0/24, no bits behind the prefix)",
                        "5:3 unknown key 'lmits': did you mean 'limits'?"),
                Reading.places(folder, """
                        {
                          "port": 70000,
                          "rules": [7],
                          "groups": {"kids": ["1.2.3"] }, // who
                          "lmits": {}
                        }
                        """));
    }

    @Test
    void toString_showsFileLineColumnTheLineAndACaret() throws IOException {
        Problem problem = Reading.mistakes(folder, "{\r\n\t \"rules\": [], \"prot\": 53\r\n}")
                .getFirst();
        assertEquals(
                folder.resolve("sentry.json") + ":2:16: unknown key 'prot': did you mean 'port'?\n"
                        + "\t \"rules\": [], \"prot\": 53\n"
                        + "\t              ^",
                problem.toString());
    }

    @Test
    void read_mistakeBehindALongComment_isPlacedExactly() throws IOException {
        String json = "/* " + "ü😀\n".repeat(50_000) + " */ {\"rules\": [], \"prot\": 53}";
        assertEquals(List.of("50001:19 unknown key 'prot': did you mean 'port'?"), Reading.places(folder, json));
    }
}
