package org.sentrydns.bench.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Percentiles of what {@code dnsperf -v} wrote into a file: microseconds of p50, p99 and p99.9, then the share that was lost. A
 * query that was lost counts as one that took as long as dnsperf waits: a server must not look quick for what it dropped.
 */
public final class Latencies {
    private static final double TIMEOUT_MICROS = 5_000_000;

    private Latencies() {}

    public static void main(String[] arguments) throws IOException {
        double[] micros = new double[1 << 16];
        int sent = 0;
        int lost = 0;
        try (BufferedReader lines = Files.newBufferedReader(Path.of(arguments[0]))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("> ")) {
                    continue;
                }
                if (sent == micros.length) {
                    micros = Arrays.copyOf(micros, sent * 2);
                }
                boolean unanswered = line.startsWith("> T") || line.startsWith("> I");
                lost += unanswered ? 1 : 0;
                // > NOERROR www.example.com A 0.000123
                micros[sent++] = unanswered
                        ? TIMEOUT_MICROS
                        : Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)) * 1e6;
            }
        }
        double[] sorted = Arrays.copyOf(micros, sent);
        Arrays.sort(sorted);
        System.out.printf(
                "%.0f %.0f %.0f %.4f%n",
                at(sorted, 0.5), at(sorted, 0.99), at(sorted, 0.999), sent == 0 ? 1 : (double) lost / sent);
    }

    private static double at(double[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) (sorted.length * share)];
    }
}
