package org.sentrydns.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sentrydns.server.config.Config;
import org.sentrydns.server.config.QueryLogSettings;

/** The settings that a server takes when it starts and not when it reads its configuration again. */
final class StartSettings {
    private StartSettings() {}

    /** The keys of those that have changed. */
    static List<String> changed(Config before, Config next) {
        List<String> keys = new ArrayList<>();
        if (!before.admin().equals(next.admin())) {
            keys.add("admin");
        }
        if (!same(before.queryLog(), next.queryLog())) {
            keys.add("query_log");
        }
        if (!before.dnstap().equals(next.dnstap())) {
            keys.add("dnstap");
        }
        return List.copyOf(keys);
    }

    private static boolean same(Optional<QueryLogSettings> one, Optional<QueryLogSettings> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() && other.isEmpty();
        }
        return one.get().saysTheSame(other.get());
    }
}
