package org.sentrydns.server.admin;

import java.util.Map;

/** What the HTTP side has others do. Thread-safe. */
public interface Steering {

    /**
     * Reads the configuration again.
     *
     * @return {@code reloaded}, true or false, and {@code problems}, a list of texts
     */
    Map<String, Object> reload();

    /**
     * Forgets all answers that are kept.
     *
     * @return how many there were
     */
    long flushCache();
}
