package org.sentrydns.server.admin;

import static org.sentrydns.server.admin.Family.counter;
import static org.sentrydns.server.admin.Family.gauge;
import static org.sentrydns.server.admin.Family.histogram;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.sentrydns.server.list.DomainList;
import org.sentrydns.server.list.ListReport;
import org.sentrydns.server.rule.CompiledRule;
import org.sentrydns.server.rule.RuleBook;
import org.sentrydns.server.rule.RuleFigures;
import org.sentrydns.server.stats.Statistics;
import org.sentrydns.server.upstream.UpstreamFigures;

/**
 * The figures as Prometheus names them. Thread-safe. Only a thousand rules have figures here: a configuration may have
 * many more, and each would be a time series.
 *
 * @param insight what there is to see
 */
record Metrics(Insight insight) implements MultiCollector {
    private static final int MOST_RULES = 1000;

    /** Characters of a rule that its label shows. */
    private static final int MOST_TEXT = 200;

    /** Rules that were tried, with the same text: its figures stay with that when a reload moves the line. */
    private record Touched(String text, String verb, List<RuleFigures> figures) {
        Labels labels() {
            return Labels.of("rule", text, "verb", verb);
        }

        long sum(ToLongFunction<RuleFigures> value) {
            return figures.stream().mapToLong(value).sum();
        }
    }

    /** Two long ones that begin alike stay two. */
    private static String label(String text) {
        return text.length() <= MOST_TEXT
                ? text
                : text.substring(0, MOST_TEXT) + "… " + Integer.toHexString(text.hashCode());
    }

    @Override
    public MetricSnapshots collect() {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        all.metricSnapshot(InfoSnapshot.builder()
                .name("sentry_build")
                .help("The version that runs.")
                .dataPoint(InfoDataPointSnapshot.builder()
                        .labels(Labels.of("version", insight.version()))
                        .build())
                .build());
        queries(all);
        rules(all);
        upstreams(all);
        cache(all, insight.cache().get());
        lists(all);
        plugins(all);
        return all.build();
    }

    private void queries(MetricSnapshots.Builder all) {
        var figures = insight.observation().figures();
        all.metricSnapshot(counter(
                "sentry_queries",
                "Queries that have ended, by how they came, what they asked, what they got and which verb decided.",
                figures.alike(),
                a -> Labels.of("transport", a.transport(), "type", a.type(), "rcode", a.rcode(), "verb", a.verb()),
                a -> a.count()));
        all.metricSnapshot(histogram(
                "sentry_query_duration_seconds",
                "How long queries took from their arrival to their reply.",
                List.of(figures.latency()),
                latency -> Labels.EMPTY,
                latency -> latency.snapshot()));
        all.metricSnapshot(gauge(
                "sentry_queries_in_flight",
                "Queries that are being worked on.",
                insight.statistics().pending()));
        Map<String, Long> traffic = insight.statistics().traffic();
        for (Map.Entry<String, Long> entry : traffic.entrySet()) {
            String help = "Listeners: " + entry.getKey().replace('_', ' ') + ".";
            all.metricSnapshot(counter("sentry_net_" + entry.getKey(), help, entry.getValue()));
        }
        all.metricSnapshot(counter(
                "sentry_observer_lost",
                "Queries that an observer could not take in time.",
                insight.lost().entrySet(),
                e -> Labels.of("observer", e.getKey()),
                (Map.Entry<String, LongSupplier> e) -> e.getValue().getAsLong()));
    }

    private void rules(MetricSnapshots.Builder all) {
        RuleBook book = insight.rules().get();
        Map<String, Touched> byText = new LinkedHashMap<>();
        for (CompiledRule rule : book.rules()) {
            if (byText.size() == MOST_RULES) {
                break;
            }
            String text = label(rule.source().text());
            rule.figures()
                    .ifPresent(figures -> byText.computeIfAbsent(
                                    text, unknown -> new Touched(text, rule.verb(), new ArrayList<>()))
                            .figures()
                            .add(figures));
        }
        Collection<Touched> touched = byText.values();
        all.metricSnapshot(ruleCounter("hits", "Queries that a rule concerned.", touched, RuleFigures::hits));
        all.metricSnapshot(ruleCounter("errors", "Queries on which a rule failed.", touched, RuleFigures::errors));
        all.metricSnapshot(ruleCounter(
                "passed_over",
                "Queries that a rule concerned while it was paused.",
                touched,
                RuleFigures::timesPassedOver));
        all.metricSnapshot(gauge("sentry_rules", "Rules that are in force.", book.size()));
        all.metricSnapshot(gauge(
                "sentry_blocking_paused",
                "1 while all blocking is paused.",
                book.pauses().blockingLeft().isPresent() ? 1 : 0));
        all.metricSnapshot(gauge(
                "sentry_reload_refused",
                "1 if the last reload was refused, so that what runs is older than its file.",
                insight.statistics().isReloadRefused() ? 1 : 0));
    }

    private static CounterSnapshot ruleCounter(
            String what, String help, Collection<Touched> rules, ToLongFunction<RuleFigures> value) {
        return counter("sentry_rule_" + what, help, rules, Touched::labels, r -> r.sum(value));
    }

    private void upstreams(MetricSnapshots.Builder all) {
        Collection<UpstreamFigures> upstreams = insight.upstreams().get();
        Function<UpstreamFigures, Labels> name = upstream -> Labels.of("upstream", upstream.name());
        all.metricSnapshot(
                counter("sentry_upstream_queries", "Questions sent to an upstream.", upstreams, name, u -> u.asked()));
        all.metricSnapshot(counter(
                "sentry_upstream_wins",
                "Questions that the reply of an upstream decided.",
                upstreams,
                name,
                u -> u.won()));
        all.metricSnapshot(counter(
                "sentry_upstream_failures",
                "Questions that an upstream did not answer in time or at all.",
                upstreams,
                name,
                u -> u.failed()));
        all.metricSnapshot(gauge(
                "sentry_upstream_down",
                "1 if an upstream keeps failing and is asked last.",
                upstreams,
                name,
                u -> u.down() ? 1 : 0));
        all.metricSnapshot(histogram(
                "sentry_upstream_duration_seconds",
                "How long an upstream took to reply.",
                upstreams,
                name,
                UpstreamFigures::latency));
    }

    private static void cache(MetricSnapshots.Builder all, Map<String, Number> figures) {
        figures.forEach((name, value) -> {
            String ours = "sentry_" + name.replace('.', '_');
            String help = "Replies: " + name.replace('.', ' ').replace('_', ' ') + ".";
            all.metricSnapshot(
                    name.equals("cache.entries")
                            ? gauge(ours, help, value.doubleValue())
                            : counter(ours, help, value.doubleValue()));
        });
    }

    private void plugins(MetricSnapshots.Builder all) {
        all.metricSnapshot(counter(
                "sentry_plugin_events",
                "What plugins count, by plugin and name.",
                insight.statistics().plugins().entrySet(),
                e -> Labels.of("plugin", e.getKey().plugin(), "name", e.getKey().name()),
                (Map.Entry<Statistics.PluginCounter, LongAdder> e) ->
                        e.getValue().sum()));
    }

    private void lists(MetricSnapshots.Builder all) {
        Collection<DomainList> lists = insight.lists().get().values();
        Function<DomainList, Labels> name = list -> Labels.of("list", list.name());
        all.metricSnapshot(
                gauge("sentry_list_loaded", "1 if a list is in.", lists, name, list -> list.isLoaded() ? 1 : 0));
        all.metricSnapshot(gauge(
                "sentry_list_failing",
                "1 if a list's source cannot be used now.",
                lists,
                name,
                list -> list.failure().isPresent() ? 1 : 0));
        all.metricSnapshot(gauge(
                "sentry_list_names",
                "Names that a list matches.",
                lists,
                name,
                list -> list.report().map(ListReport::names).orElse(0)));
    }
}
