package org.sentrydns.server.rule;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sentrydns.server.stats.TextTable;

/** What each rule has done, as a table: those that concern most queries first. */
public final class RuleTable {
    private static final int SHOWN_RULES = 100;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MM/dd/yyyy HH:mm:ss", Locale.ROOT);
    private static final List<String> HEADING = List.of("rule", "line", "hits", "last hit", "msec", "stopped");

    private RuleTable() {}

    /** Rules that were never tried have no row. */
    public static String of(RuleBook book, ZoneId zone) {
        List<List<String>> rows = book.rules().stream()
                .filter(rule -> rule.figures().isPresent())
                .map(rule -> Map.entry(rule, rule.figures().get()))
                .sorted(Comparator.comparingLong((Map.Entry<CompiledRule, RuleFigures> e) ->
                        -e.getValue().hits()))
                .limit(SHOWN_RULES)
                .map(e -> row(e.getKey(), e.getValue(), zone))
                .toList();
        return TextTable.draw(HEADING, rows);
    }

    private static List<String> row(CompiledRule rule, RuleFigures figures, ZoneId zone) {
        Instant last = figures.lastHit();
        return List.of(
                rule.source().text(),
                rule.source().place(),
                String.valueOf(figures.hits()),
                last.equals(Instant.EPOCH) ? "never" : TIME.format(last.atZone(zone)),
                String.format(Locale.ROOT, "%.3f", figures.nanos() / 1e6),
                String.valueOf(figures.timesStopped()));
    }
}
