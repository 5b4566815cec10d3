package org.sentrydns.server.admin;

import java.net.InetAddress;
import java.util.Map;
import org.xbill.DNS.Name;

/** What the HTTP side has others do. Thread-safe. */
public interface Steering {

    /**
     * What the rules would do with a question, as a tree of maps, lists, strings and numbers.
     *
     * @param name absolute
     * @param type the record type
     * @param from the client
     */
    Map<String, Object> explain(Name name, int type, InetAddress from);

    /**
     * Reads the configuration again.
     *
     * @return {@code reloaded}, true or false, and {@code problems}, a list of texts
     */
    Map<String, Object> reload();
}
