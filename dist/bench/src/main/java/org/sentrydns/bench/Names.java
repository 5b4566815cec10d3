package org.sentrydns.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Names, without the final dot, always the same ones. */
public final class Names {
    private static final String[] HOSTS = {
        "",
        "",
        "www.",
        "www.",
        "m.",
        "api.",
        "mail.",
        "cdn.",
        "img.",
        "static.",
        "assets.",
        "login.",
        "edge-chat.",
        "i0.",
        "ns1.",
        "s3-eu-west-1.",
        "e12345.dsca.",
        "clients4.",
        "fonts.",
        "play.",
        "configuration.ls.",
        "r3---sn-4g5e6nsz."
    };
    private static final String[] TLDS = {".com", ".com", ".com", ".net", ".org", ".de", ".io", ".co.uk", ".fr", ".tv"};

    private Names() {}

    /** What people ask for: distinct names, of which none is in {@link #listed}. */
    public static List<String> asked(int count) {
        Words words = new Words(new Random(7));
        Set<String> names = new LinkedHashSet<>(count * 2);
        while (names.size() < count) {
            String number = names.size() > 5000 || words.number(10) == 0 ? String.valueOf(words.number(10_000)) : "";
            names.add(words.oneOf(HOSTS) + words.next() + number + words.oneOf(TLDS));
        }
        return new ArrayList<>(names);
    }

    /**
     * What people ask for, and of ten one name that one of these matches. The others match none: with more expressions more of
     * them would match by chance, and what is done then, such as writing the log, would be taken for the cost of looking.
     */
    public static List<String> asked(int count, List<Sample> samples) {
        Random random = new Random(11);
        int matching = count / 10;
        List<String> names = new ArrayList<>(others(count - matching, Expressions.of(samples)));
        for (int i = 0; i < matching; i++) {
            names.add(samples.get(random.nextInt(samples.size())).name());
        }
        Collections.shuffle(names, random);
        return names;
    }

    private static List<String> others(int count, Expressions expressions) {
        List<String> others = List.of();
        for (int of = count; others.size() < count; of *= 2) {
            others = asked(of).stream()
                    .filter(name -> expressions.first(name + ".") == Expressions.NONE)
                    .limit(count)
                    .toList();
        }
        return others;
    }

    /** What stands in a list of domains to block: distinct names, some below others. */
    public static List<String> listed(int count) {
        Words words = new Words(new Random(13));
        Set<String> names = new LinkedHashSet<>(count * 2);
        while (names.size() < count) {
            String host = words.oneOf("", "", "", "ads.", "track.", "www.", "s" + words.number(30) + ".");
            names.add(host + words.next() + "-" + words.next() + words.oneOf(TLDS));
        }
        return new ArrayList<>(names);
    }

    /** As many as asked for, about one of ten of which is listed or below a listed name. */
    public static List<String> askedOfList(int count, List<String> listed) {
        Random random = new Random(17);
        List<String> names = asked(count);
        for (int i = 0; i < count / 10; i++) {
            names.set(i, (i % 2 == 0 ? "" : "x" + i + ".") + listed.get(random.nextInt(listed.size())));
        }
        Collections.shuffle(names, random);
        return names;
    }
}
