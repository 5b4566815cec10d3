package org.sentrydns.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every comment for rule authors says since when they can rely on what it describes. */
final class SinceTest {
    private static final Pattern COMMENT = Pattern.compile("/\\*\\*.*?\\*/\\s*([^\\n]*)", Pattern.DOTALL);

    @Test
    void comments_ofPublicThings_haveSince() throws IOException {
        List<String> without = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("src/main/java/org/sentrydns/api"))) {
            for (Path file : files.filter(f -> !f.endsWith("package-info.java")).toList()) {
                Matcher comment = COMMENT.matcher(Files.readString(file));
                while (comment.find()) {
                    String described = comment.group(1);
                    if (!described.startsWith("private") && !comment.group().contains("@since 1.")) {
                        without.add(file.getFileName() + ": " + described);
                    }
                }
            }
        }
        assertEquals(List.of(), without);
    }
}
