package org.sentrydns.server.admin;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one kind of call does. Immutable.
 *
 * @param method GET, or POST for what changes something
 * @param path such as {@code /api/rules/{number}}
 * @param access who may call
 * @param handler does it
 * @param parameters those that it knows behind the path
 */
record Route(String method, String path, Access access, Handler handler, Set<String> parameters) {

    /** Who may call. */
    enum Access {
        /** Everybody: nothing that is secret, nothing that changes. */
        OPEN,
        /** Whoever may see what clients ask. */
        GUARDED
    }

    /** Does what a call asks for. */
    @FunctionalInterface
    interface Handler {
        void handle(Call call) throws IOException;
    }

    static Route open(String path, Handler handler) {
        return new Route("GET", path, Access.OPEN, handler, Set.of());
    }

    static Route show(String path, Handler handler, String... parameters) {
        return new Route("GET", path, Access.GUARDED, handler, Set.of(parameters));
    }

    static Route change(String path, Handler handler, String... parameters) {
        return new Route("POST", path, Access.GUARDED, handler, Set.of(parameters));
    }

    /** The variables in the path; empty if this route has another path. */
    Optional<Map<String, String>> match(String called) {
        String[] ours = path.split("/", -1);
        String[] theirs = called.split("/", -1);
        if (ours.length != theirs.length) {
            return Optional.empty();
        }
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < ours.length; i++) {
            if (ours[i].startsWith("{") && !theirs[i].isEmpty()) {
                variables.put(ours[i].substring(1, ours[i].length() - 1), theirs[i]);
            } else if (!ours[i].equals(theirs[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }
}
