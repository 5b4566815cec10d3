package org.sentrydns.server;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.sentrydns.server.admin.Steering;
import org.sentrydns.server.admin.Verdicts;
import org.sentrydns.server.edition.ReloadResult;
import org.xbill.DNS.Name;

/** What the HTTP side has this server do. Thread-safe. */
record Steered(SentryServer server, Reloader reloader) implements Steering {

    @Override
    public Map<String, Object> explain(Name name, int type, InetAddress from) {
        return new Verdicts(() -> server.edition().rules()).explain(name, type, from);
    }

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
}
