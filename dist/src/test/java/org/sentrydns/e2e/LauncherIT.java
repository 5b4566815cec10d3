package org.sentrydns.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the launcher calls Java with, by a Java that only says so: a line for each argument. */
final class LauncherIT {
    @TempDir
    Path folder;

    private Path home;

    @BeforeEach
    void install() throws IOException {
        home = Files.createDirectories(folder.resolve("a place/sentry"));
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("lib"));
        Files.copy(RunningSentry.HOME.resolve("bin/sentry"), home.resolve("bin/sentry"));
        for (String jar : List.of("a-library.jar", "sentry-server-1.jar", "z-library.jar")) {
            Files.createFile(home.resolve("lib").resolve(jar));
        }
    }

    private Path java(String version) throws IOException {
        Path java = Files.createDirectories(folder.resolve("java " + version));
        Files.writeString(java.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        program(java.resolve("bin/java"), "printf '%s\\n' \"$@\"");
        return java;
    }

    private static void program(Path file, String script) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void prepare(String name) throws IOException {
        Files.createFile(home.resolve("lib").resolve(name));
    }

    private List<String> arguments(Path program, String version, String opts, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        Map<String, String> environment = Map.of("JAVA_HOME", java(version).toString(), "SENTRY_OPTS", opts);
        Tool.Ran ran = Tool.run(folder, environment, command);
        assertEquals(0, ran.exit(), ran::toString);
        return ran.out().lines().toList();
    }

    private List<String> arguments(String version, String opts) throws Exception {
        return arguments(home.resolve("bin/sentry"), version, opts, "-c", "my file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"25", "26-ea", "25.0.3"})
    void preparedClasses_onANewJava_comeWithTheThresholdsOfItsCompiler(String version) throws Exception {
        prepare("java-" + version + ".prepared");
        List<String> arguments = arguments(version, "-Dmy=own");
        Path prepared = home.resolve("lib/java-" + version + ".prepared");
        assertTrue(arguments.contains("-XX:AOTCache=" + prepared), arguments::toString);
        int thresholds = arguments.indexOf("-XX:Tier2InvokeNotifyFreqLog=15");
        assertTrue(thresholds > 0, arguments::toString);
        assertTrue(thresholds < arguments.indexOf("-Dmy=own"), "the user's come last: " + arguments);
    }

    @Test
    void preparedClasses_ofAnotherJava_areLeftAside() throws Exception {
        prepare("java-26.prepared");
        prepare("java-25.0.2.prepared");
        List<String> arguments = arguments("25.0.3", "");
        assertFalse(arguments.toString().contains("prepared"), arguments::toString);
        assertFalse(arguments.toString().contains("Tier"), arguments::toString);
    }

    /** As when a Java was built anew. */
    @Test
    void preparedClasses_ofAnotherBuild_areLeftAside() throws Exception {
        prepare("java-25.0.3+9.prepared");
        Path java = java("25.0.3");
        Files.writeString(java.resolve("release"), "JAVA_RUNTIME_VERSION=\"25.0.3+10\"\nJAVA_VERSION=\"25.0.3\"\n");
        List<String> command = List.of(home.resolve("bin/sentry").toString());
        assertFalse(Tool.run(folder, Map.of("JAVA_HOME", java.toString()), command)
                .out()
                .contains("prepared"));
        Files.move(home.resolve("lib/java-25.0.3+9.prepared"), home.resolve("lib/java-25.0.3+10.prepared"));
        assertTrue(Tool.run(folder, Map.of("JAVA_HOME", java.toString()), command)
                .out()
                .contains("+10.prepared"));
    }

    @Test
    void preparedClasses_onJava21_areAnArchiveOnly() throws Exception {
        prepare("java-21.0.3.prepared");
        List<String> arguments = arguments("21.0.3", "");
        assertTrue(
                arguments.contains("-XX:SharedArchiveFile=" + home.resolve("lib/java-21.0.3.prepared")),
                arguments::toString);
        for (String unknown : List.of("AOT", "Tier", "TrimNative")) {
            assertFalse(arguments.toString().contains(unknown), arguments::toString);
        }
    }

    @Test
    void collectorOfTheUser_takesThePlaceOfOurs() throws Exception {
        assertTrue(arguments("25", "").contains("-XX:+UseSerialGC"));
        assertTrue(arguments("25", "-XX:+UseNUMA -XX:MaxGCPauseMillis=50").contains("-XX:+UseSerialGC"));
        List<String> arguments = arguments("25", "-Xmx1g -XX:+UseG1GC");
        assertFalse(arguments.contains("-XX:+UseSerialGC"), arguments::toString);
        assertTrue(arguments.containsAll(List.of("-Xmx1g", "-XX:+UseG1GC")), arguments::toString);
    }

    @Test
    void throughALink_findsItsHome_andPassesArgumentsOn() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("a link"), folder.relativize(home.resolve("bin/sentry")));
        List<String> arguments = arguments(link, "25", "", "-c", "my file");
        Path lib = home.toRealPath().resolve("lib");
        int main = arguments.indexOf("org.sentrydns.server.Main");
        assertEquals(List.of("-c", "my file"), arguments.subList(main + 1, arguments.size()));
        assertEquals(
                List.of(
                        "-Dsentry.home=" + home.toRealPath(),
                        "-cp",
                        lib.resolve("sentry-server-1.jar") + ":" + lib.resolve("a-library.jar") + ":"
                                + lib.resolve("z-library.jar")),
                arguments.subList(main - 3, main));
    }

    /** As version managers have it: what the link leads to is Java by that name only. */
    @Test
    void javaOnThePath_thatIsAProgramOfManyNames_isCalledByItsName() throws Exception {
        program(folder.resolve("tools/wrapper"), """
                case $0 in */java) ;; *) exit 64 ;; esac
                if [ "$1" = -version ]; then echo 'openjdk version "99.0.1"' >&2; else echo "called $0"; fi""");
        Path path = Files.createDirectories(folder.resolve("path"));
        Files.createSymbolicLink(path.resolve("java"), folder.resolve("tools/wrapper"));
        Tool.Ran ran = Tool.run(
                folder,
                Map.of("JAVA_HOME", "", "PATH", path + ":/usr/bin:/bin"),
                List.of(home.resolve("bin/sentry").toString()));
        assertEquals(0, ran.exit(), ran::toString);
        assertEquals(List.of("called " + path.resolve("java")), ran.lines());
    }
}
