package org.sentrydns.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the API to what is written down in {@code api.txt}: strangers' jars are compiled against it. Whoever changes it on
 * purpose raises {@link ApiVersion} and copies {@code target/api.txt} over {@code src/test/resources/org/sentrydns/api/api.txt}.
 */
final class ApiSignaturesTest {

    @Test
    void signatures_areAsWrittenDown() throws Exception {
        String now = String.join("\n", signatures()) + "\n";
        Files.writeString(Path.of("target", "api.txt"), now);
        assertEquals(writtenDown(), now, "the API has changed: see the comment of this test");
    }

    private static String writtenDown() throws IOException {
        try (InputStream in = ApiSignaturesTest.class.getResourceAsStream("api.txt")) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> signatures() throws IOException, URISyntaxException {
        List<String> lines = new ArrayList<>();
        lines.add("version " + ApiVersion.current());
        for (Class<?> type : types()) {
            lines.add(type.toGenericString() + parents(type) + permitted(type));
            members(type).forEach(member -> lines.add("  " + member));
        }
        return lines;
    }

    private static List<Class<?>> types() throws IOException, URISyntaxException {
        Path root = Path.of(RuleType.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<Class<?>> types = new ArrayList<>();
        try (Stream<Path> files = Files.list(root.resolve("org/sentrydns/api"))) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".class") && !name.startsWith("package-info")) {
                    Class<?> type = load("org.sentrydns.api." + name.substring(0, name.length() - ".class".length()));
                    if (isPublic(type)) {
                        types.add(type);
                    }
                }
            }
        }
        types.sort(Comparator.comparing(Class::getName));
        return types;
    }

    private static boolean isPublic(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.getEnclosingClass() == null || isPublic(type.getEnclosingClass()));
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static String parents(Class<?> type) {
        Class<?> parent = type.getSuperclass();
        String extended = parent == null || parent == Object.class ? "" : " extends " + parent.getName();
        List<String> interfaces =
                Arrays.stream(type.getInterfaces()).map(Class::getName).sorted().toList();
        return extended + (interfaces.isEmpty() ? "" : " implements " + String.join(", ", interfaces));
    }

    private static String permitted(Class<?> type) {
        return type.isSealed()
                ? " permits "
                        + String.join(
                                ", ",
                                Arrays.stream(type.getPermittedSubclasses())
                                        .map(Class::getName)
                                        .sorted()
                                        .toList())
                : "";
    }

    private static List<String> members(Class<?> type) {
        List<String> members = new ArrayList<>();
        Stream.of(type.getDeclaredFields(), type.getDeclaredConstructors(), type.getDeclaredMethods())
                .flatMap(Arrays::stream)
                .filter(member -> isSeen((Member) member))
                .map(ApiSignaturesTest::text)
                .sorted()
                .forEach(members::add);
        return members;
    }

    private static boolean isSeen(Member member) {
        return (Modifier.isPublic(member.getModifiers()) || Modifier.isProtected(member.getModifiers()))
                && !member.isSynthetic();
    }

    private static String text(AnnotatedElement member) {
        return switch (member) {
            case Field field -> field.toGenericString();
            case Constructor<?> constructor -> constructor.toGenericString();
            case Method method -> method.toGenericString();
            default -> throw new AssertionError(member);
        };
    }
}
