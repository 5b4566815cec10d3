package org.sentrydns.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that came with the original Sentry load as they are. */
final class OriginalFilesTest {
    @TempDir
    Path folder;

    @Test
    void read_exampleOfTheOriginal_hasEightRules() throws Exception {
        Config config = Reading.good(folder, """
                {
                \t"port" : 5300,
                \t"host" : "0.0.0.0",
                    "resolution_timeout" : 2.0,
                \t"rules" : [
                \t\t"block ^(.*)youtube.com if type is MX",
                \t\t"block ^(.*).xxx",
                \t\t"log ^(.*)google.com",

                \t\t"rewrite ^www.google.com to google.com",

                \t\t"redirect ^(.*)nytimes.com to google.com",
                \t\t"redirect ^(.*)reddit.com to google.com",

                \t\t"resolve ^(.*)facebook.com using 10.10.1.2 ",
                \t\t"resolve ^(.*) using 8.8.4.4, 8.8.8.8"

                \t]
                }""");
        assertEquals(8, config.rules().size());
        assertEquals(
                "resolve ^(.*)facebook.com using 10.10.1.2",
                config.rules().get(6).text());
        assertEquals(Duration.ofSeconds(2), config.resolutionTimeout());
    }

    @Test
    void read_kidsOfTheOriginal_keepsBarsAndParentheses() throws Exception {
        Config config = Reading.good(folder, """
                {
                \t"port" : 5300,
                \t"host" : "0.0.0.0",
                \t"threadpool_size" : 1,
                \t"rules" : [
                \t\t"block ^(.*)this|that|other(.*).(.*)",
                \t\t"block ^(.*).xxx",
                \t\t"block ^(.*)whitehouse.com",

                \t\t"log ^(.*)youtube.com",
                \t\t"log ^(.*)disney(.*).com",
                \t\t"log ^(.*)amazon(.*).com",

                \t\t"resolve ^(.*) using 8.8.4.4, 8.8.8.8"

                \t]
                }""");
        assertEquals(7, config.rules().size());
        assertEquals(
                "block ^(.*)this|that|other(.*).(.*)", config.rules().getFirst().text());
        assertEquals(1, config.notices().size());
    }

    @Test
    void read_benchmarkOfTheOriginal_hasOneRule() throws Exception {
        Config config = Reading.good(folder, """
                {
                    "port" : 5300,
                    "host" : "0.0.0.0",
                    "threadpool_size" : 8,
                    "rules" : [
                        "resolve ^(.*) using 8.8.4.4, 8.8.8.8"
                    ]
                }
                """);
        assertEquals(1, config.rules().size());
    }
}
