package org.sentrydns.server.regex;

import java.util.List;

/** How often strings are found in names. Only a guess, and only to choose between requirements that all hold. */
final class Rarity {
    /** A string costs memory even where it is never found. */
    private static final double PER_STRING = 1e-5;

    private static final double PLACES = 20;

    /** Parts that very many names have, and how many. */
    private record Common(String part, double share) {}

    private static final List<Common> COMMON = List.of(
            new Common("com", 0.4),
            new Common("www", 0.2),
            new Common("net", 0.15),
            new Common("org", 0.08),
            new Common("google", 0.02),
            new Common("cdn", 0.03),
            new Common("api", 0.03));

    private Rarity() {}

    /** What it costs to look for these: mostly the share of names that have one of them. */
    static double cost(Strings strings) {
        double cost = 0;
        for (String string : strings.all()) {
            cost += share(string) + PER_STRING;
        }
        return cost;
    }

    private static double share(String string) {
        double share = 1;
        boolean anchored = false;
        int at = 0;
        while (at < string.length()) {
            Common common = common(string, at);
            char c = string.charAt(at);
            anchored |= c == CharSet.START || c == CharSet.END;
            share *= common == null ? frequency(c) : common.share();
            at += common == null ? 1 : common.part().length();
        }
        return Math.min(1, anchored ? share : share * PLACES);
    }

    private static @org.jspecify.annotations.Nullable Common common(String string, int at) {
        for (Common common : COMMON) {
            if (string.startsWith(common.part(), at)) {
                return common;
            }
        }
        return null;
    }

    private static double frequency(char c) {
        if (c == CharSet.START || c == CharSet.END) {
            return 1;
        }
        if (c >= 'a' && c <= 'z') {
            return "etaoinsr".indexOf(c) >= 0 ? 0.075 : "jqxz".indexOf(c) >= 0 ? 0.005 : 0.03;
        }
        return c == '.' ? 0.12 : c == '-' ? 0.02 : c >= '0' && c <= '9' ? 0.01 : 0.002;
    }
}
