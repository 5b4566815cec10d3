package org.sentrydns.server;

import java.util.List;
import java.util.Map;
import org.sentrydns.server.admin.Steering;
import org.sentrydns.server.edition.ReloadResult;

/** What the HTTP side may have a running server do. Thread-safe. */
record ServerSteering(SentryServer server, Reloader reloader) implements Steering {
    @Override
    public Map<String, Object> reload() {
        try {
            return switch (reloader.reload()) {
                case ReloadResult.Done done -> result(true, List.of());
                case ReloadResult.Refused refused -> result(false, refused.problems());
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return result(false, List.of("the server stops"));
        }
    }

    private static Map<String, Object> result(boolean reloaded, List<String> problems) {
        return Map.of("reloaded", reloaded, "problems", problems);
    }

    @Override
    public long flushCache() {
        return server.flushCache();
    }
}
