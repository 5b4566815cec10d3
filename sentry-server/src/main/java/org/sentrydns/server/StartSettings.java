package org.sentrydns.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sentrydns.server.config.AdminSettings;
import org.sentrydns.server.config.Config;
import org.sentrydns.server.config.DnstapSettings;
import org.sentrydns.server.config.QueryLogSettings;

/** The settings that a server takes when it starts and not when it reads its configuration again. Immutable. */
record StartSettings(
        Optional<AdminSettings> admin, Optional<QueryLogSettings> queryLog, Optional<DnstapSettings> dnstap) {

    static StartSettings of(Config config) {
        return new StartSettings(config.admin(), config.queryLog(), config.dnstap());
    }

    /** The keys of those that are not so in another configuration. */
    List<String> changed(Config other) {
        List<String> keys = new ArrayList<>();
        if (!admin.equals(other.admin())) {
            keys.add("admin");
        }
        if (!same(queryLog, other.queryLog())) {
            keys.add("query_log");
        }
        if (!dnstap.equals(other.dnstap())) {
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
