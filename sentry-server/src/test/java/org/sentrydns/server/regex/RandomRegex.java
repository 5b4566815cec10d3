package org.sentrydns.server.regex;

import java.util.Random;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Expressions of all that Java's grammar has, over few characters, so that names often match; and such names. */
final class RandomRegex {
    private static final String[] CHARACTERS = {
        "a", "b", "c", "d", "1", "2", "-", "\\.", "\\-", "A", "\\x61", "\\u0062", "\\Qa.b\\E", "\\Qc\\E"
    };
    private static final String[] CLASSES = {
        ".",
        "\\d",
        "\\D",
        "\\w",
        "\\W",
        "\\S",
        "\\s",
        "[ab]",
        "[^ab]",
        "[a-c]",
        "[^a-c1]",
        "[A-C]",
        "[a\\-.]",
        "[\\w.]",
        "[a-]",
        "[.\\d-]",
        "[^\\d]",
        "[a[bc]]",
        "[a-d&&[^b]]",
        "[^a[b]]",
        "\\p{Alpha}",
        "\\p{L}",
        "\\pN",
        "\\P{Digit}",
        "[\\p{Alnum}-]",
        "[[:alpha:]]",
        "[\\x61-\\x63]",
        "[!-~]",
        "\\h",
        "\\H",
        "[^\\W]",
        "[ac-d1-2]"
    };
    private static final String[] WORDS = {"ads", "com", "track", "abc", "bad", "1a"};
    private static final String[] QUANTIFIERS = {"*", "+", "?", "{2}", "{0,2}", "{1,}", "{1,3}", "{0}", "{2,}"};
    private static final String[] ZERO_WIDTH = {"^", "$", "\\b", "\\B", "\\A", "\\z", "\\Z", "\\G"};
    private static final String[] LOOKS = {"(?=", "(?!", "(?<=", "(?<!"};
    private static final String[] FLAGS = {
        "(?i)", "(?-i)", "(?s)", "(?m)", "(?u)", "(?U)", "(?x)", "(?iu)", "(?-i:", "(?i:", "(?s-i:"
    };

    private final Random random;
    private int groups;

    RandomRegex(Random random) {
        this.random = random;
    }

    /** One that compiles. */
    String next() {
        while (true) {
            groups = 0;
            String regex = switch (random.nextInt(6)) {
                case 0 -> "^" + alternation(2);
                case 1 -> alternation(2) + "$";
                case 2 -> "^(.*)" + alternation(1);
                case 3 -> "(^|\\.)" + alternation(1) + "$";
                case 4 -> "^(.+[-.])?" + alternation(1);
                default -> alternation(3);
            };
            try {
                Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
                return regex;
            } catch (PatternSyntaxException e) {
                // A look behind without an obvious length, a group that is not there: another one.
            }
        }
    }

    private String alternation(int depth) {
        StringBuilder text = new StringBuilder(sequence(depth));
        while (random.nextInt(4) == 0) {
            text.append('|').append(sequence(depth));
        }
        return text.toString();
    }

    private String sequence(int depth) {
        StringBuilder text = new StringBuilder();
        int items = random.nextInt(4) + (depth == 3 ? 1 : 0);
        for (int i = 0; i < items; i++) {
            text.append(item(depth));
        }
        return text.toString();
    }

    private String item(int depth) {
        int kind = random.nextInt(24);
        if (kind < 8) {
            return quantified(one(CHARACTERS));
        }
        if (kind < 12) {
            return quantified(one(CLASSES));
        }
        if (kind < 15) {
            return one(WORDS);
        }
        if (kind < 17) {
            return random.nextInt(6) == 0 ? quantified(one(ZERO_WIDTH)) : one(ZERO_WIDTH);
        }
        if (kind == 17 && groups > 0) {
            return quantified("\\" + (1 + random.nextInt(groups)));
        }
        return depth == 0 ? one(WORDS) : group(kind, depth - 1);
    }

    private String group(int kind, int depth) {
        String body = alternation(depth);
        return switch (kind) {
            case 18 -> one(LOOKS) + body + ")";
            case 19 -> flagged(body);
            case 20 -> quantified("(?:" + body + ")");
            case 21 -> quantified("(?>" + body + ")");
            case 22 -> quantified("(?<n" + random.nextInt(1_000_000) + ">" + body + ")");
            default -> {
                groups++;
                yield quantified("(" + body + ")");
            }
        };
    }

    private String flagged(String body) {
        String flags = one(FLAGS);
        return flags.endsWith(":") ? flags + body + ")" : flags + body;
    }

    private String quantified(String atom) {
        return switch (random.nextInt(8)) {
            case 0, 1 -> atom + one(QUANTIFIERS);
            case 2 -> atom + one(QUANTIFIERS) + (random.nextBoolean() ? "?" : "+");
            default -> atom;
        };
    }

    private String one(String[] choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** A name in presentation form with its final dot; now and then the root, or with odd characters. */
    String name() {
        if (random.nextInt(50) == 0) {
            return ".";
        }
        StringBuilder name = new StringBuilder();
        int labels = 1 + random.nextInt(3);
        for (int i = 0; i < labels; i++) {
            label(name);
            name.append('.');
        }
        return name.toString();
    }

    private void label(StringBuilder name) {
        int parts = 1 + random.nextInt(4);
        for (int i = 0; i < parts; i++) {
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> name.append(one(WORDS));
                case 3 -> name.append("ABCD".charAt(random.nextInt(4)));
                case 4 ->
                    name.append(
                            random.nextInt(5) == 0 ? one(new String[] {"\\.", "\\032", "_", "\\\\", "*", "!"}) : "-");
                default -> name.append("abcd12".charAt(random.nextInt(6)));
            }
        }
    }
}
