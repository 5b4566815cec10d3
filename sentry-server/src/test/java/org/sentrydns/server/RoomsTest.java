package org.sentrydns.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rooms and the arrows between them. */
final class RoomsTest {
    private static final String SERVER = "org.sentrydns.server";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(SERVER);

    @Test
    void rooms_haveNoCycles() {
        slices().matching(SERVER + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void wire_knowsNoOtherRoom() {
        knowsOnly("wire");
    }

    @Test
    void config_knowsNoOtherRoom() {
        knowsOnly("config", "wire");
    }

    @Test
    void regex_knowsNoOtherRoom() {
        knowsOnly("regex");
    }

    @Test
    void stats_knowsNoOtherRoom() {
        knowsOnly("stats");
    }

    @Test
    void plugin_knowsNoOtherRoom() {
        knowsOnly("plugin");
    }

    @Test
    void list_knowsOnlyWhatItReadsAndTheExpressions() {
        knowsOnly("list", "config", "wire", "regex", "log");
    }

    @Test
    void observe_knowsOnlyWhatAQueryWas() {
        knowsOnly("observe", "query", "rule", "stats", "wire", "config");
    }

    @Test
    void queryLog_knowsOnlyWhatAQueryWas() {
        knowsOnly("querylog", "observe", "config", "rule");
    }

    @Test
    void dnstap_knowsOnlyWhatAQueryWasAndWhatGoesUpstream() {
        knowsOnly("dnstap", "observe", "config", "rule", "upstream", "wire");
    }

    @Test
    void admin_knowsWhatItShowsAndNothingOfSockets() {
        knowsOnly("admin", "observe", "config", "rule", "list", "stats", "upstream", "wire");
    }

    @Test
    void top_knowsNoOtherRoom() {
        knowsOnly("top");
    }

    @Test
    void listen_knowsNothingOfUpstreams() {
        noClasses()
                .that()
                .resideInAPackage(SERVER + ".listen")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SERVER + ".upstream", SERVER + ".query", SERVER + ".plugin", SERVER + ".cli")
                .check(CLASSES);
    }

    @Test
    void libraries_stayInTheirRooms() {
        onlyIn("org.pf4j..", "plugin");
        onlyIn("com.beust..", "cli");
        onlyIn("org.HdrHistogram..", "benchmark");
        onlyIn("com.fasterxml..", "config", "admin", "querylog", "top");
        onlyIn("io.prometheus..", "admin");
        onlyIn("com.sun.net.httpserver..", "admin");
        onlyIn("ch.qos.logback..", "log");
    }

    @Test
    void methods_areNeverSynchronized() {
        methods().should().notHaveModifier(JavaModifier.SYNCHRONIZED).check(CLASSES);
    }

    private static void knowsOnly(String room, String... others) {
        String[] allowed = Stream.concat(Stream.of(room), Arrays.stream(others))
                .map(name -> SERVER + "." + name)
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(SERVER + "." + room)
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAPackage(SERVER + "..")
                        .and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(allowed))))
                .check(CLASSES);
    }

    private static void onlyIn(String library, String... rooms) {
        String[] packages =
                Arrays.stream(rooms).map(room -> SERVER + "." + room).toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(SERVER + "..")
                .and()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }
}
