package org.sentrydns.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What dnsperf found. Immutable.
 *
 * @param sent queries sent
 * @param completed queries answered
 * @param rate answers a second
 * @param p99 milliseconds in which 99 of 100 were answered; 0 if it was not asked for them
 * @param text all that it wrote, without the single queries
 */
record Dnsperf(long sent, long completed, double rate, double p99, String text) {

    /** Asks a port of 127.0.0.1 for the names in a file, this many a second. */
    static Dnsperf run(int port, Path names, int rate, String... more) throws IOException, InterruptedException {
        return of(Tool.run(Path.of("."), Map.of(), command(port, names, rate, more)));
    }

    static List<String> command(int port, Path names, int rate, String... more) {
        List<String> command = new ArrayList<>(List.of("dnsperf", "-s", "127.0.0.1", "-p", String.valueOf(port)));
        command.addAll(List.of("-d", names.toString(), "-Q", String.valueOf(rate)));
        command.addAll(List.of(more));
        return command;
    }

    private static Dnsperf of(Tool.Ran ran) {
        assertEquals(0, ran.exit(), ran::err);
        return read(ran.text());
    }

    /** Reads what it wrote. */
    static Dnsperf read(String output) {
        StringBuilder text = new StringBuilder();
        List<Double> millis = new ArrayList<>();
        output.lines().forEach(line -> {
            if (line.startsWith("> ")) {
                // > NOERROR www.example.com A 0.000123; a lost one has no time.
                String time = line.substring(line.lastIndexOf(' ') + 1);
                if (time.matches("[0-9.]+")) {
                    millis.add(Double.parseDouble(time) * 1000);
                }
            } else {
                text.append(line).append('\n');
            }
        });
        String found = text.toString();
        return new Dnsperf(
                (long) number("Queries sent: +([0-9]+)", found),
                (long) number("Queries completed: +([0-9]+)", found),
                number("Queries per second: +([0-9.]+)", found),
                p99(millis),
                found);
    }

    private static double number(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("no '" + pattern + "' in " + text);
        }
        return Double.parseDouble(matcher.group(1));
    }

    private static double p99(List<Double> millis) {
        double[] sorted = millis.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[(int) (sorted.length * 0.99)];
    }

    void assertNothingLost() {
        assertEquals(sent, completed, text);
    }
}
