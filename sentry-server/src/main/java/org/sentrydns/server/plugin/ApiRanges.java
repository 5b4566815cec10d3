package org.sentrydns.server.plugin;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.pf4j.DefaultVersionManager;

/** Which versions a plugin works with. It is asked twice for each plugin, and nearly all say the same. Thread-safe. */
final class ApiRanges extends DefaultVersionManager {
    static final ApiRanges INSTANCE = new ApiRanges();

    private final Map<String, Boolean> known = new ConcurrentHashMap<>();

    private ApiRanges() {}

    @Override
    public boolean checkVersionConstraint(String version, String constraint) {
        return known.computeIfAbsent(
                version + ' ' + constraint, key -> super.checkVersionConstraint(version, constraint));
    }
}
