package org.sentrydns.server.admin;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.sentrydns.api.AddressText;
import org.sentrydns.server.list.ListReport;
import org.sentrydns.server.stats.Latency;
import org.sentrydns.server.stats.QueryFigures.Alike;

/**
 * What was counted. Thread-safe.
 *
 * @param insight what there is to see
 * @param history the last minutes
 */
record StatisticsApi(Insight insight, History history) {
    private static final int MOST = 100;

    List<Route> routes() {
        return List.of(
                Route.show("/api/statistics", this::statistics),
                Route.show("/api/history", call -> call.json(history.tree())),
                Route.show("/api/top", this::top, "limit"),
                Route.show("/api/upstreams", this::upstreams),
                Route.show("/api/lists", this::lists));
    }

    private void statistics(Call call) throws IOException {
        List<Alike> alike = insight.observation().figures().alike();
        Latency.Snapshot latency = insight.observation().figures().latency().snapshot();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("version", insight.version());
        tree.put("uptime_seconds", Math.round(insight.statistics().uptimeSeconds()));
        tree.put("queries", latency.count());
        tree.put("queries_blocked", insight.observation().blockedQueries());
        tree.put("queries_pending", insight.statistics().pending());
        tree.put("queries_per_second", history.rate());
        tree.put("latency_ms", latency(latency));
        tree.put("verbs", sums(alike, Alike::verb));
        tree.put("rcodes", sums(alike, Alike::rcode));
        tree.put("types", sums(alike, Alike::type));
        tree.put("transports", sums(alike, Alike::transport));
        tree.put("traffic", new TreeMap<>(insight.statistics().traffic()));
        tree.put("cache", cache());
        tree.put("rules", insight.rules().get().size());
        tree.put(
                "blocking_paused_seconds",
                RulesApi.seconds(insight.rules().get().pauses().blockingLeft()));
        Map<String, Long> lost = new TreeMap<>();
        insight.lost().forEach((receiver, count) -> lost.put(receiver, count.getAsLong()));
        tree.put("lost", lost);
        call.json(tree);
    }

    private static Map<String, Object> latency(Latency.Snapshot latency) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("average", latency.count() == 0 ? 0 : round(latency.sumNanos() / 1e6 / latency.count()));
        tree.put("p50", round(latency.percentileMillis(0.5)));
        tree.put("p95", round(latency.percentileMillis(0.95)));
        tree.put("p99", round(latency.percentileMillis(0.99)));
        return tree;
    }

    static double round(double millis) {
        return Math.round(millis * 1000) / 1000.0;
    }

    private static Map<String, Long> sums(List<Alike> alike, Function<Alike, String> by) {
        Map<String, Long> sums = new TreeMap<>();
        alike.forEach(a -> sums.merge(by.apply(a), a.count(), Long::sum));
        return sums;
    }

    /** Without the prefix that they have in the statistics tables. */
    private Map<String, Number> cache() {
        Map<String, Number> figures = new TreeMap<>();
        insight.cache().get().forEach((name, value) -> figures.put(name.substring(name.indexOf('.') + 1), value));
        return figures;
    }

    private void top(Call call) throws IOException {
        int limit = call.number("limit", 1, MOST, 20);
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("names", counted("name", insight.statistics().topNames(limit), Function.identity()));
        tree.put("blocked", counted("name", insight.observation().blocked().top(limit), Function.identity()));
        tree.put("clients", counted("client", insight.observation().clients().top(limit), AddressText::of));
        call.json(tree);
    }

    private static <K> List<Object> counted(String key, List<Map.Entry<K, Long>> entries, Function<K, String> written) {
        return entries.stream()
                .<Object>map(entry -> {
                    Map<String, Object> tree = new LinkedHashMap<>();
                    tree.put(key, written.apply(entry.getKey()));
                    tree.put("queries", entry.getValue());
                    return tree;
                })
                .toList();
    }

    private void upstreams(Call call) throws IOException {
        List<Object> upstreams = insight.upstreams().get().stream()
                .<Object>map(upstream -> {
                    Latency.Snapshot latency = upstream.latency();
                    Map<String, Object> tree = new LinkedHashMap<>();
                    tree.put("name", upstream.name());
                    tree.put("asked", upstream.asked());
                    tree.put("won", upstream.won());
                    tree.put("failed", upstream.failed());
                    tree.put("down", upstream.down());
                    tree.put("average_ms", round(upstream.averageMillis()));
                    tree.put("p50_ms", round(latency.percentileMillis(0.5)));
                    tree.put("p99_ms", round(latency.percentileMillis(0.99)));
                    tree.put("slowest_ms", round(upstream.slowestMillis()));
                    return tree;
                })
                .toList();
        call.json(Map.of("upstreams", upstreams));
    }

    private void lists(Call call) throws IOException {
        List<Object> lists = insight.lists().get().values().stream()
                .<Object>map(list -> {
                    Map<String, Object> tree = new LinkedHashMap<>();
                    tree.put("name", list.name());
                    tree.put("source", list.source().origin().toString());
                    tree.put("loaded", list.isLoaded());
                    list.failure().ifPresent(why -> tree.put("failure", why));
                    tree.put("names", list.report().map(ListReport::names).orElse(0));
                    tree.put("patterns", list.report().map(ListReport::patterns).orElse(0));
                    tree.put(
                            "exceptions",
                            list.report().map(ListReport::exceptions).orElse(0));
                    tree.put(
                            "unreadable",
                            list.report().map(ListReport::unreadable).orElse(0));
                    return tree;
                })
                .toList();
        call.json(Map.of("lists", lists));
    }
}
