package org.sentrydns.server.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.sentrydns.api.ApiVersion;

/**
 * The project that a rule author starts from. Immutable.
 *
 * @param verb the verb
 * @param home the distribution's folder
 */
record PluginProject(String verb, Path home) {
    private static final String PREFIX = "sentry-api-";

    /** Writes it. */
    void write(Path folder) throws IOException {
        String code = folder.resolve("src/main/java/" + packageName()) + "/" + className();
        String test = folder.resolve("src/test/java/" + packageName()) + "/" + className() + "Test";
        Map<String, Path> files = new LinkedHashMap<>();
        files.put("pom.xml", folder.resolve("pom.xml"));
        files.put("README.md", folder.resolve("README.md"));
        files.put("Verb.java", Path.of(code + ".java"));
        files.put("VerbTest.java", Path.of(test + ".java"));
        for (Map.Entry<String, Path> file : files.entrySet()) {
            write(file.getValue(), filled(template(file.getKey())));
        }
        write(
                folder.resolve("src/main/resources/META-INF/services/org.sentrydns.api.RuleType"),
                packageName() + "." + className() + "\n");
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String template(String name) throws IOException {
        try (InputStream in = PluginProject.class.getResourceAsStream("new-plugin/" + name + ".txt")) {
            if (in == null) {
                throw new IllegalStateException("new-plugin/" + name + ".txt is missing in the server's jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String filled(String template) throws IOException {
        String major = ApiVersion.current().split("\\.", 2)[0];
        return template.replace("@VERB@", verb)
                .replace("@CLASS@", className())
                .replace("@PACKAGE@", packageName())
                .replace("@COLUMN@", String.valueOf(verb.length() + " ^hi as".length() + 1))
                .replace("@HOME@", home.toString().replace("&", "&amp;").replace("<", "&lt;"))
                .replace("@VERSION@", version())
                .replace("@JUNIT@", "6.1.3")
                .replace("@API@", ApiVersion.current())
                .replace("@NEXT@", Integer.parseInt(major) + 1 + ".0.0");
    }

    /** The version of the API's file in the distribution. */
    private String version() throws IOException {
        try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
            return jars.map(jar -> jar.getFileName().toString())
                    .filter(jar -> jar.startsWith(PREFIX) && jar.endsWith(".jar"))
                    .map(jar -> jar.substring(PREFIX.length(), jar.length() - ".jar".length()))
                    .findFirst()
                    .orElseThrow(() -> new WrongInputException("there is no sentry-api in " + home.resolve("lib")));
        }
    }

    private String packageName() {
        return "rules" + verb.replace("-", "");
    }

    private String className() {
        StringBuilder name = new StringBuilder();
        for (String part : verb.split("-", -1)) {
            if (!part.isEmpty()) {
                name.append(part.substring(0, 1).toUpperCase(Locale.ROOT)).append(part.substring(1));
            }
        }
        return name + "RuleType";
    }
}
