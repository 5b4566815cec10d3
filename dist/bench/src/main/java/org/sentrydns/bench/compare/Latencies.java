package org.sentrydns.bench.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Percentiles of what {@code dnsperf -v} wrote into a file: microseconds of p50, p99 and p99.9, then the share that was lost, which
 * the percentiles know nothing of.
 *
 * <p>The arguments are the file and how many of the queries that were answered first are left out. dnsperf starts with a burst,
 * and its threads share a processor until the kernel spreads them: what it measures then is itself.
 */
public final class Latencies {
    private Latencies() {}

    public static void main(String[] arguments) throws IOException {
        int leftOut = Integer.parseInt(arguments[1]);
        double[] micros = new double[1 << 16];
        int answered = 0;
        int lost = 0;
        try (BufferedReader lines = Files.newBufferedReader(Path.of(arguments[0]))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("> T") || line.startsWith("> I")) {
                    lost++;
                } else if (line.startsWith("> ")) {
                    if (answered == micros.length) {
                        micros = Arrays.copyOf(micros, answered * 2);
                    }
                    // > NOERROR www.example.com A 0.000123
                    micros[answered++] = Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)) * 1e6;
                }
            }
        }
        double[] sorted = Arrays.copyOfRange(micros, Math.min(leftOut, answered), answered);
        Arrays.sort(sorted);
        System.out.printf(
                "%.0f %.0f %.0f %.4f%n",
                at(sorted, 0.5),
                at(sorted, 0.99),
                at(sorted, 0.999),
                answered == 0 ? 1 : (double) lost / (answered + lost));
    }

    private static double at(double[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) (sorted.length * share)];
    }
}
