package org.sentrydns.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** The table of what Sentry claims to do on the wire: every claim has a test, and every test runs. */
final class ChecklistTest {
    private static final String TABLE = "/checklist.tsv";
    private static final String ROOMS = "org.sentrydns.server.";
    private static final List<String> PARTS = List.of("Inbound validation", "EDNS", "Upstream hygiene", "Replies");

    private record Claim(String part, String text, String rfc, String test) {}

    private static List<Claim> claims() throws IOException {
        List<Claim> claims = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(ChecklistTest.class.getResourceAsStream(TABLE), TABLE)) {
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            assertEquals("part\tclaim\tRFC\ttest", lines.getFirst());
            for (String line : lines.subList(1, lines.size())) {
                String[] cells = line.split("\t", -1);
                assertEquals(4, cells.length, "columns of: " + line);
                assertTrue(Stream.of(cells).noneMatch(String::isBlank), "an empty cell in: " + line);
                claims.add(new Claim(cells[0], cells[1], cells[2], cells[3]));
            }
        }
        return claims;
    }

    @Test
    void claims_coverTheFourParts_eachOnce() throws IOException {
        Set<String> parts = new LinkedHashSet<>();
        Set<String> seen = new HashSet<>();
        for (Claim claim : claims()) {
            parts.add(claim.part());
            assertTrue(seen.add(claim.part() + claim.text()), "twice: " + claim.text());
            assertTrue(claim.rfc().matches("(RFC \\d+|draft-\\S+) §.*"), "no RFC and section: " + claim);
        }
        assertEquals(PARTS, List.copyOf(parts));
    }

    @Test
    void claims_areProvenByTestsThatRun() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Claim claim : claims()) {
            String[] test = claim.test().split("#", -1);
            try {
                Class<?> type = Class.forName(ROOMS + test[0]);
                List<Method> methods = Stream.of(type.getDeclaredMethods())
                        .filter(method -> method.getName().equals(test[1]) && isTest(method))
                        .toList();
                if (methods.size() != 1 || isDisabled(type) || isDisabled(methods.getFirst())) {
                    wrong.add(claim.test() + " is no test that runs");
                }
            } catch (ClassNotFoundException e) {
                wrong.add(claim.test() + " is in no class: " + e.getMessage());
            }
        }
        assertEquals(List.of(), wrong);
    }

    private static boolean isTest(Method method) {
        return method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class);
    }

    /** {@code Disabled} itself, or one of its conditions. */
    private static boolean isDisabled(AnnotatedElement element) {
        return Stream.of(element.getAnnotations())
                .map(java.lang.annotation.Annotation::annotationType)
                .anyMatch(type ->
                        type == Disabled.class || type.getPackageName().equals("org.junit.jupiter.api.condition"));
    }

    @Test
    void claims_areWrittenAsATable() throws IOException {
        StringBuilder table = new StringBuilder("# What Sentry does on the wire, and the test of each claim\n");
        String part = "";
        for (Claim claim : claims()) {
            if (!claim.part().equals(part)) {
                part = claim.part();
                table.append("\n## ").append(part).append("\n\n| claim | RFC | test |\n| --- | --- | --- |\n");
            }
            table.append("| ")
                    .append(String.join(" | ", claim.text(), claim.rfc(), "`" + claim.test() + "`"))
                    .append(" |\n");
        }
        Path file = Path.of(System.getProperty("basedir", "."), "target", "checklist.md");
        Files.writeString(file, table);
        assertTrue(Files.size(file) > 1000);
    }
}
