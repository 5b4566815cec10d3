package org.sentrydns.bench.compare;

import java.util.Locale;

/** Draws bars: throughput on the left, processor time a query on the right, with their spread. Confined to one thread. */
final class Picture {
    private static final int ROW = 16;
    private static final int LABEL = 150;
    private static final int WIDTH = 330;
    private static final int GAP = 60;

    private final Results results;
    private final StringBuilder out = new StringBuilder();

    Picture(Results results) {
        this.results = results;
    }

    String svg() {
        panel("qps", LABEL, 1e-3, "thousand queries a second");
        int height = panel(
                "cpu_us", LABEL + WIDTH + GAP, 1, "µs of processor time a query; what takes more than 100 is cut");
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="11">
                <rect width="100%%" height="100%%" fill="white"/>
                %s</svg>
                """.formatted(LABEL + 2 * (WIDTH + GAP), height, out);
    }

    private int panel(String figure, int left, double scale, String title) {
        double largest = 0;
        for (String scenario : results.scenarios()) {
            for (String server : results.servers(scenario)) {
                double max = results.of(scenario, server, figure).max() * scale;
                largest =
                        Math.max(largest, Double.isNaN(max) || (figure.equals("cpu_us") && max > 100) ? largest : max);
            }
        }
        text(left, 14, "start", title);
        int y = 24;
        for (String scenario : results.scenarios()) {
            boolean first = true;
            for (String server : results.servers(scenario)) {
                Results.Spread spread = results.of(scenario, server, figure);
                if (results.of(scenario, server, "qps").isKnown()) {
                    if (first && left == LABEL) {
                        text(LABEL - 8, y + 11, "end", scenario);
                    }
                    bar(server, spread, scale, WIDTH / Math.max(largest, 1e-9), left, y);
                    first = false;
                    y += ROW;
                }
            }
            y += first ? 0 : 8;
        }
        return y + 8;
    }

    private void bar(String server, Results.Spread spread, double scale, double perUnit, int left, int y) {
        double length = Math.min(WIDTH, spread.median() * scale * perUnit);
        double from = Math.min(WIDTH, spread.min() * scale * perUnit);
        double to = Math.min(WIDTH, spread.max() * scale * perUnit);
        out.append(String.format(
                Locale.ROOT,
                "<rect x='%d' y='%d' width='%.1f' height='%d' fill='%s'/>%n<path d='M%.1f %dH%.1f' stroke='black'/>%n",
                left,
                y,
                length,
                ROW - 3,
                colour(server),
                left + from,
                y + ROW / 2 - 1,
                left + to));
        text(left + 3, y + 10, "start", String.format(Locale.ROOT, "%s %.1f", server, spread.median() * scale));
    }

    private static String colour(String server) {
        return switch (server) {
            case "sentry" -> "#7fb7e8";
            case "dnsdist" -> "#f0b878";
            default -> "#b8d8a0";
        };
    }

    private void text(int x, int y, String anchor, String text) {
        out.append(String.format(Locale.ROOT, "<text x='%d' y='%d' text-anchor='%s'>%s</text>%n", x, y, anchor, text));
    }
}
