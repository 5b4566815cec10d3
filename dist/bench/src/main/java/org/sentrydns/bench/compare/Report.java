package org.sentrydns.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** Makes Markdown tables and a picture of what was measured. Confined to one thread. */
public final class Report {
    private static final String SENTRY = "sentry";
    private static final String DNSDIST = "dnsdist";
    private static final String HANG = "hang-";

    /** A column: what stands above it, the figure, digits behind the point, and what one of the figure is in it. */
    private record Column(String head, String figure, int digits, double scale) {}

    private static final Column[] COLUMNS = {
        new Column("k q/s", "qps", 1, 1e-3),
        new Column("CPU µs/q", "cpu_us", 1, 1),
        new Column("p50 at 20 k", "p50_20k", 0, 1),
        new Column("p99", "p99_20k", 0, 1),
        new Column("p99.9", "p999_20k", 0, 1),
        new Column("p50 at half", "p50_half", 0, 1),
        new Column("p99", "p99_half", 0, 1),
        new Column("p99.9", "p999_half", 0, 1),
        new Column("RSS MB", "rss_mb", 0, 1),
        new Column("peak", "peak_mb", 0, 1),
        new Column("first answer ms", "first_ms", 0, 1),
        new Column("first right answer ms", "right_ms", 0, 1),
        new Column("lost %", "lost_pct", 2, 1),
        new Column("refused %", "refused_pct", 1, 1),
        new Column("load", "load", 1, 1)
    };

    private final Results results;
    private final StringBuilder out = new StringBuilder();

    private Report(Results results) {
        this.results = results;
    }

    /** Argument: the folder of results.tsv. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Results results = Results.read(folder.resolve("results.tsv"));
        String text = new Report(results).text();
        Files.writeString(folder.resolve("results.md"), text);
        Files.writeString(folder.resolve("results.svg"), new Picture(results).svg());
        System.out.print(text);
    }

    private String text() {
        figures();
        ratios();
        toReference("Against one rule", "flat-", "flat-regex-1");
        toReference("Against a single forward", "race-", "race-one");
        toReference("One upstream dead against both alive", "race-dead", "race-two");
        toReference("Looking on against not looking", "observe-", "observe-nothing");
        hang();
        return out.toString();
    }

    private void figures() {
        out.append("Medians; latencies in µs.\n\n| scenario | server |");
        for (Column column : COLUMNS) {
            out.append(' ').append(column.head()).append(" |");
        }
        out.append("\n| --- | --- |").append(" ---: |".repeat(COLUMNS.length)).append('\n');
        for (String scenario : results.scenarios()) {
            for (String server : scenario.startsWith(HANG) ? Set.<String>of() : results.servers(scenario)) {
                out.append("| ").append(scenario).append(" | ").append(server).append(" |");
                for (Column column : COLUMNS) {
                    Results.Spread spread = results.of(scenario, server, column.figure());
                    out.append(' ')
                            .append(spread.isKnown() ? number(spread.median() * column.scale(), column.digits()) : "")
                            .append(" |");
                }
                out.append('\n');
            }
        }
    }

    private void ratios() {
        out.append("\nSentry by dnsdist in the same round: median (smallest to largest).\n\n");
        out.append("| scenario | throughput | CPU a query | p99 at 20 k | p99 at half | first right answer | RSS |\n");
        out.append("| --- | --- | --- | --- | --- | --- | --- |\n");
        for (String scenario : results.scenarios()) {
            if (results.servers(scenario).contains(SENTRY)
                    && results.servers(scenario).contains(DNSDIST)) {
                out.append("| ").append(scenario).append(" |");
                for (String figure : new String[] {"qps", "cpu_us", "p99_20k", "p99_half", "right_ms", "rss_mb"}) {
                    cell(results.ratio(figure, scenario, SENTRY, scenario, DNSDIST));
                }
                out.append('\n');
            }
        }
    }

    /** Each server's scenarios with this beginning, by its own reference. */
    private void toReference(String title, String prefix, String reference) {
        StringBuilder head = new StringBuilder("\n" + title + " (" + reference + ").\n\n")
                .append("| scenario | server | throughput | CPU a query | p99 |\n| --- | --- | --- | --- | --- |\n");
        for (String scenario : results.scenarios()) {
            for (String server : results.servers(scenario)) {
                if (scenario.startsWith(prefix) && results.servers(reference).contains(server)) {
                    out.append(head)
                            .append("| ")
                            .append(scenario)
                            .append(" | ")
                            .append(server)
                            .append(" |");
                    head.setLength(0);
                    cell(results.ratio("qps", scenario, server, reference, server));
                    cell(results.ratio("cpu_us", scenario, server, reference, server));
                    cell(results.ratio("p99_half", scenario, server, reference, server));
                    out.append('\n');
                }
            }
        }
    }

    private void hang() {
        String with = HANG + "with";
        if (results.servers(with).isEmpty()) {
            return;
        }
        out.append("\nLatencies of other queries, 10,000 a second, in µs: median (smallest to largest), while a second "
                + "client asks 300 times a second: with names on which expressions backtrack without end, and without.\n\n"
                + "| percentile | with | without | ratio |\n| --- | --- | --- | --- |\n");
        for (String figure : new String[] {"p50", "p99", "p999"}) {
            out.append("| ").append(figure).append(" |");
            cell(results.of(with, SENTRY, figure));
            cell(results.of(HANG + "without", SENTRY, figure));
            cell(results.ratio(figure, with, SENTRY, HANG + "without", SENTRY));
            out.append('\n');
        }
    }

    private void cell(Results.Spread ratio) {
        out.append(' ');
        if (ratio.isKnown()) {
            out.append(number(ratio.median(), 2))
                    .append(" (")
                    .append(number(ratio.min(), 2))
                    .append(" to ")
                    .append(number(ratio.max(), 2))
                    .append(')');
        }
        out.append(" |");
    }

    private static String number(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
