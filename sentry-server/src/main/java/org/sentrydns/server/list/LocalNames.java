package org.sentrydns.server.list;

import java.util.Locale;
import java.util.Set;

/** What every hosts file says about the machine itself, which is nothing that a list wants to say. */
final class LocalNames {
    private static final Set<String> NAMES = Set.of(
            "localhost",
            "localhost.localdomain",
            "localhost4",
            "localhost4.localdomain4",
            "localhost6",
            "localhost6.localdomain6",
            "local",
            "localdomain",
            "loopback",
            "broadcasthost",
            "0.0.0.0",
            "127.0.0.1",
            "255.255.255.255",
            "::",
            "::1");

    private LocalNames() {}

    static boolean contains(Line line, int word) {
        return switch (line.bytes()[line.wordStart(word)]) {
            case 'l', 'b', 'i', 'L', 'B', 'I', '0', '1', '2', ':' ->
                contains(line.word(word).toLowerCase(Locale.ROOT));
            default -> false;
        };
    }

    private static boolean contains(String name) {
        return NAMES.contains(name) || (name.startsWith("ip6-") && name.indexOf('.') < 0);
    }
}
