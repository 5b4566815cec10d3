package org.sentrydns.server.admin;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/** The figures in Prometheus's text format. Thread-safe. */
final class MetricsApi {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    MetricsApi(Insight insight) {
        JvmMetrics.builder().register(registry);
        registry.register(new Metrics(insight));
    }

    List<Route> routes() {
        return List.of(Route.show("/metrics", this::metrics));
    }

    private void metrics(Call call) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream(1 << 15);
        writer.write(text, registry.scrape());
        call.send(200, writer.getContentType(), text.toByteArray());
    }
}
