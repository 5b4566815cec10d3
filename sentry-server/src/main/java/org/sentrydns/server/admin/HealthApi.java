package org.sentrydns.server.admin;

import java.util.List;
import java.util.Map;
import org.sentrydns.server.list.DomainList;

/**
 * For those who watch over the process. Thread-safe.
 *
 * @param insight what there is to see
 */
record HealthApi(Insight insight) {

    List<Route> routes() {
        return List.of(Route.open("/health", call -> call.json(Map.of("healthy", true))), Route.open("/ready", call -> {
            boolean listening = insight.listening().getAsBoolean();
            List<DomainList> missing = insight.lists().get().values().stream()
                    .filter(list -> !list.isLoaded())
                    .toList();
            // One that has failed may be away for days, or come through this very server.
            boolean ready = listening
                    && missing.stream().allMatch(list -> list.failure().isPresent());
            call.json(
                    ready ? 200 : 503, Map.of("ready", ready, "listening", listening, "lists_missing", missing.size()));
        }));
    }
}
