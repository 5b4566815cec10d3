package org.sentrydns.server.admin;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Collection;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.sentrydns.server.stats.Latency;

/** One metric with all its points, in the words of the Prometheus client. */
final class Family {
    private static final double NANOS = 1e9;

    private Family() {}

    static <T> CounterSnapshot counter(
            String name, String help, Collection<T> points, Function<T, Labels> labels, ToDoubleFunction<T> value) {
        CounterSnapshot.Builder family = CounterSnapshot.builder().name(name).help(help);
        for (T point : points) {
            family.dataPoint(CounterDataPointSnapshot.builder()
                    .labels(labels.apply(point))
                    .value(value.applyAsDouble(point))
                    .build());
        }
        return family.build();
    }

    static CounterSnapshot counter(String name, String help, double value) {
        return CounterSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(CounterDataPointSnapshot.builder().value(value).build())
                .build();
    }

    static <T> GaugeSnapshot gauge(
            String name, String help, Collection<T> points, Function<T, Labels> labels, ToDoubleFunction<T> value) {
        GaugeSnapshot.Builder family = GaugeSnapshot.builder().name(name).help(help);
        for (T point : points) {
            family.dataPoint(GaugeDataPointSnapshot.builder()
                    .labels(labels.apply(point))
                    .value(value.applyAsDouble(point))
                    .build());
        }
        return family.build();
    }

    static GaugeSnapshot gauge(String name, String help, double value) {
        return GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
                .build();
    }

    static <T> HistogramSnapshot histogram(
            String name,
            String help,
            Collection<T> points,
            Function<T, Labels> labels,
            Function<T, Latency.Snapshot> latency) {
        HistogramSnapshot.Builder family =
                HistogramSnapshot.builder().name(name).help(help);
        for (T point : points) {
            Latency.Snapshot snapshot = latency.apply(point);
            family.dataPoint(HistogramDataPointSnapshot.builder()
                    .labels(labels.apply(point))
                    .classicHistogramBuckets(buckets(snapshot))
                    .sum(snapshot.sumNanos() / NANOS)
                    .build());
        }
        return family.build();
    }

    private static ClassicHistogramBuckets buckets(Latency.Snapshot snapshot) {
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        for (int i = 0; i < snapshot.counts().length; i++) {
            double end = i < snapshot.bounds().length ? snapshot.bounds()[i] / NANOS : Double.POSITIVE_INFINITY;
            buckets.bucket(end, snapshot.counts()[i]);
        }
        return buckets.build();
    }
}
