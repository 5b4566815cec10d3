package org.sentrydns.server.top;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Draws figures as lines of text. Immutable. What comes from names is made harmless: a name must not steer a terminal.
 *
 * @param columns how wide
 * @param rows how high
 */
record Screen(int columns, int rows) {
    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final int UPSTREAMS = 6;

    List<String> draw(Figures figures) {
        List<String> lines = new ArrayList<>();
        JsonNode all = figures.statistics();
        long queries = all.path("queries").asLong();
        long hits = all.path("cache").path("hits").asLong();
        long looked = hits + all.path("cache").path("misses").asLong();
        JsonNode latency = all.path("latency_ms");
        lines.add(cut("Sentry " + all.path("version").asText() + "  up "
                + span(all.path("uptime_seconds").asLong()) + "  "
                + number(all.path("queries_per_second").asLong()) + " q/s  " + number(queries) + " queries  blocked "
                + percent(all.path("queries_blocked").asLong(), queries)));
        lines.add(cut("half within " + millis(latency.path("p50")) + "  99 % within " + millis(latency.path("p99"))
                + "  cache " + percent(hits, looked) + "  in flight "
                + all.path("queries_pending").asLong()));
        long paused = all.path("blocking_paused_seconds").asLong();
        lines.add(paused > 0 ? cut("blocking is paused for " + span(paused)) : "");
        lines.add(sparkline(figures.history().path("queries")));
        lines.add("");
        upstreams(figures.upstreams().path("upstreams"), lines);
        int left = Math.max(6, rows - lines.size() - 3);
        int most = Math.min(10, left / 2);
        columns(figures.top(), most, lines);
        lines.add("");
        rules(figures.rules().path("rules"), Math.max(3, rows - lines.size() - 2), lines);
        return lines;
    }

    private void upstreams(JsonNode upstreams, List<String> lines) {
        lines.add(cut(String.format(
                Locale.ROOT, "%-34s%10s%10s%10s%10s%9s", "UPSTREAM", "asked", "won", "half in", "99 % in", "failed")));
        int shown = 0;
        for (JsonNode upstream : upstreams) {
            if (shown++ == UPSTREAMS) {
                break;
            }
            String down = upstream.path("down").asBoolean() ? " (down)" : "";
            lines.add(cut(String.format(
                    Locale.ROOT,
                    "%-34s%10s%10s%10s%10s%9s",
                    fit(upstream.path("name").asText() + down, 33),
                    number(upstream.path("asked").asLong()),
                    number(upstream.path("won").asLong()),
                    millis(upstream.path("p50_ms")),
                    millis(upstream.path("p99_ms")),
                    number(upstream.path("failed").asLong()))));
        }
        lines.add("");
    }

    /** Names, blocked names and clients beside each other. */
    private void columns(JsonNode top, int most, List<String> lines) {
        int width = Math.max(20, columns / 3);
        lines.add(cut(column("ASKED MOST", width) + column("BLOCKED MOST", width) + column("CLIENTS", width)));
        for (int i = 0; i < most; i++) {
            String line = cell(top.path("names").path(i), "name", width)
                    + cell(top.path("blocked").path(i), "name", width)
                    + cell(top.path("clients").path(i), "client", width);
            if (!line.isBlank()) {
                lines.add(cut(line));
            }
        }
    }

    private static String cell(JsonNode entry, String key, int width) {
        if (entry.isMissingNode()) {
            return column("", width);
        }
        String count = number(entry.path("queries").asLong());
        return column(
                String.format(Locale.ROOT, "%7s %s", count, entry.path(key).asText()), width);
    }

    private static String column(String text, int width) {
        String fitting = fit(text, width - 1);
        return fitting + " ".repeat(width - fitting.length());
    }

    private void rules(JsonNode rules, int most, List<String> lines) {
        List<JsonNode> sorted = new ArrayList<>();
        rules.forEach(sorted::add);
        sorted.sort(Collections.reverseOrder(
                Comparator.comparingLong(rule -> rule.path("hits").asLong())));
        lines.add(cut("  HITS   RULE"));
        for (JsonNode rule : sorted.subList(0, Math.min(most, sorted.size()))) {
            String paused = rule.path("paused_seconds").asLong() > 0 ? "[paused] " : "";
            lines.add(cut(String.format(
                    Locale.ROOT,
                    "%7s %3d %s%s",
                    number(rule.path("hits").asLong()),
                    rule.path("number").asInt(),
                    paused,
                    rule.path("text").asText())));
        }
    }

    private String sparkline(JsonNode counts) {
        int first = Math.max(0, counts.size() - Math.min(columns - 1, 120));
        long most = 1;
        for (int i = first; i < counts.size(); i++) {
            most = Math.max(most, counts.path(i).asLong());
        }
        StringBuilder line = new StringBuilder();
        for (int i = first; i < counts.size(); i++) {
            long level = counts.path(i).asLong() * (BARS.length() - 1) / most;
            line.append(BARS.charAt((int) level));
        }
        return line.toString();
    }

    private String cut(String line) {
        return fit(line, columns);
    }

    private static String fit(String text, int width) {
        String harmless = text.replaceAll("[\\p{Cc}\\p{Cf}]", "?");
        return harmless.length() <= width ? harmless : harmless.substring(0, Math.max(0, width - 1)) + "…";
    }

    private static String number(long number) {
        return number < 10_000_000
                ? String.format(Locale.ROOT, "%,d", number)
                : String.format(Locale.ROOT, "%,.1fM", number / 1e6);
    }

    private static String percent(long part, long whole) {
        return whole == 0 ? "-" : 100 * part / whole + " %";
    }

    private static String millis(JsonNode millis) {
        double value = millis.asDouble();
        return value <= 0 ? "-" : String.format(Locale.ROOT, value < 10 ? "%.2f ms" : "%.0f ms", value);
    }

    private static String span(long seconds) {
        return seconds < 120
                ? seconds + " s"
                : seconds < 7200
                        ? seconds / 60 + " min"
                        : seconds < 172_800 ? seconds / 3600 + " h" : seconds / 86_400 + " days";
    }
}
