package org.sentrydns.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What was measured, by scenario, server, figure and round. Immutable once read. */
final class Results {
    private record Key(String scenario, String server, String figure) {}

    private final Map<Key, Map<Integer, Double>> values = new LinkedHashMap<>();

    /** Lines of scenario, server, round, figure and value, under a head line. */
    static Results read(Path file) throws IOException {
        Results results = new Results();
        List<String> lines = Files.readAllLines(file);
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split("\t", -1);
            results.values
                    .computeIfAbsent(new Key(cells[0], cells[1], cells[3]), key -> new TreeMap<>())
                    .put(Integer.valueOf(cells[2]), Double.valueOf(cells[4]));
        }
        return results;
    }

    Set<String> scenarios() {
        Set<String> scenarios = new LinkedHashSet<>();
        values.keySet().forEach(key -> scenarios.add(key.scenario()));
        return scenarios;
    }

    Set<String> servers(String scenario) {
        Set<String> servers = new LinkedHashSet<>();
        values.keySet().stream()
                .filter(key -> key.scenario().equals(scenario))
                .forEach(key -> servers.add(key.server()));
        return servers;
    }

    Spread of(String scenario, String server, String figure) {
        return Spread.of(rounds(scenario, server, figure).values());
    }

    /** One figure by another, round by round. */
    Spread ratio(String figure, String scenario, String server, String otherScenario, String otherServer) {
        Map<Integer, Double> others = rounds(otherScenario, otherServer, figure);
        List<Double> ratios = new ArrayList<>();
        rounds(scenario, server, figure).forEach((round, value) -> {
            Double other = others.get(round);
            if (other != null && other != 0) {
                ratios.add(value / other);
            }
        });
        return Spread.of(ratios);
    }

    private Map<Integer, Double> rounds(String scenario, String server, String figure) {
        return values.getOrDefault(new Key(scenario, server, figure), Map.of());
    }

    /** The middle one of some values, and how far they go. NaN for none. */
    record Spread(double median, double min, double max) {
        static Spread of(Collection<Double> values) {
            double[] sorted = values.stream()
                    .mapToDouble(Double::doubleValue)
                    .filter(value -> !Double.isNaN(value))
                    .sorted()
                    .toArray();
            int n = sorted.length;
            return n == 0
                    ? new Spread(Double.NaN, Double.NaN, Double.NaN)
                    : new Spread((sorted[(n - 1) / 2] + sorted[n / 2]) / 2, sorted[0], sorted[n - 1]);
        }

        boolean isKnown() {
            return !Double.isNaN(median);
        }
    }
}
