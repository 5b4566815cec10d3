package org.sentrydns.bench;

import java.util.Random;

/** Words that look like brands: two to four syllables. Confined to one thread. */
final class Words {
    private static final String[] SYLLABLES = {
        "an", "ba", "bri", "ca", "clo", "cu", "da", "dri", "el", "en", "fa", "flo", "ga", "go", "gra", "ho", "in", "ja",
        "ki", "la", "le", "lu", "ma", "mi", "mo", "na", "net", "ni", "no", "on", "pa", "pix", "ple", "po", "qua", "ra",
        "ri", "ro", "sa", "se", "shi", "so", "sta", "sy", "ta", "ti", "tra", "tu", "ul", "va", "ve", "vi", "web", "wo",
        "xe", "ya", "yo", "za", "ze", "zi"
    };

    private final Random random;

    Words(Random random) {
        this.random = random;
    }

    String next() {
        StringBuilder word = new StringBuilder();
        for (int left = 2 + random.nextInt(3); left > 0; left--) {
            word.append(oneOf(SYLLABLES));
        }
        return word.toString();
    }

    /** From 0 to below the bound. */
    int number(int bound) {
        return random.nextInt(bound);
    }

    String oneOf(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** A string of this length of some of these characters. */
    String ofCharacters(String characters, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(characters.charAt(random.nextInt(characters.length())));
        }
        return text.toString();
    }
}
