package org.sentrydns.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Expressions of the shapes that people write into the lists of Pi-hole, AdGuard and dnsdist, always the same ones: the
 * first thousand of ten thousand are the thousand. Two or three of a hundred hold nothing that each of their matches must
 * contain. Java, RE2 and POSIX read them alike. Confined to one thread.
 */
public final class Patterns {
    private static final String HEX = "0123456789abcdef";
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
    private static final String DIGITS = "0123456789";

    private final Words words = new Words(new Random(20261124));

    private Patterns() {}

    public static List<Sample> first(int count) {
        Patterns patterns = new Patterns();
        List<Sample> samples = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            samples.add(patterns.next(i));
        }
        return samples;
    }

    /** Only those that hold something that each of their matches must contain. */
    public static List<Sample> firstLiteral(int count) {
        Patterns patterns = new Patterns();
        return Stream.iterate(0, number -> number + 1)
                .map(patterns::next)
                .filter(Sample::literal)
                .limit(count)
                .toList();
    }

    private Sample next(int number) {
        int shape = number == 0 ? 0 : words.number(200);
        if (shape < 5) {
            return number > 0 ? withoutLiteral() : below(words.next());
        }
        return shape < 15 ? ofFewLetters() : shape < 130 ? plain(number, words.next()) : branching(words.next());
    }

    /** A domain, or what is below a part of one: most lines of most lists. */
    private Sample plain(int number, String word) {
        return switch (words.number(8)) {
            case 0 -> new Sample("^(.*)" + word + number + "\\.xxx", "www." + word + number + ".xxx");
            case 1 ->
                new Sample("^ads" + number + "x[0-9]+\\.", "ads" + number + "x" + words.number(90) + ".example.com");
            case 2 -> new Sample(word + "banner[s]?" + number, "cdn." + word + "banners" + number + ".example.net");
            case 3 -> new Sample("^[a-d]" + word + "[0-9]{1,3}\\.", "b" + word + "42.example.org");
            default -> below(word);
        };
    }

    private Sample below(String word) {
        String domain = word + words.oneOf("track", "ads", "metrics", "click", "") + words.number(1000);
        String tld = words.oneOf("com", "net", "io");
        return new Sample("(^|\\.)" + domain + "\\." + tld + "$", "px." + domain + "." + tld);
    }

    private Sample branching(String word) {
        String other = words.next();
        return switch (words.number(7)) {
            case 0 -> new Sample("^" + word + "([sxv]?[0-9]*|system)[_.-]", word + "system.example.com");
            case 1 -> new Sample("^(.+[_.-])?" + word + "telemetry[_.-]", "eu-" + word + "telemetry.example.com");
            case 2 -> new Sample("^(www\\.)?" + word + "shop\\.(com|net|org)$", "www." + word + "shop.net");
            case 3 -> new Sample("(^|\\.)(" + word + "|" + other + ")\\.", "a." + other + ".example.com");
            case 4 -> new Sample(word + "(-?ads?)?\\." + other + "\\.", word + "-ad." + other + ".com");
            case 5 -> new Sample("^(" + word + "|" + other + "[0-9]+)-(log|stat)s?\\.", other + "7-stats.example.com");
            default -> new Sample("^(.+[_.-])?" + word + "(er?|ice)?s?[0-9]*[_.-]", "m." + word + "ice3.example.com");
        };
    }

    /** What they must contain is in many names. */
    private Sample ofFewLetters() {
        String two = words.ofCharacters(LETTERS, 2);
        return switch (words.number(3)) {
            case 0 -> new Sample("^" + two + "[0-9]{2,3}[_.-]", two + words.number(10) + "7.example.com");
            case 1 -> new Sample("^" + two + "[sxv]?[0-9]+-", two + "s3-eu.example.com");
            default -> new Sample("^(.+[_.-])?" + two + "[0-9]{4}\\.", "x-" + two + "1234.example.com");
        };
    }

    private Sample withoutLiteral() {
        Sample sample = ofCharacters();
        return new Sample(sample.regex(), sample.name(), false);
    }

    private Sample ofCharacters() {
        int length = 5 + words.number(36);
        return switch (words.number(4)) {
            case 0 ->
                new Sample(
                        "^[0-9a-f]{" + (length + 12) + "}\\.", words.ofCharacters(HEX, length + 12) + ".example.com");
            case 1 ->
                new Sample(
                        "^[a-z]{" + (length % 5 + 2) + "}[0-9]{" + length + ",}\\.",
                        words.ofCharacters(LETTERS, length % 5 + 2) + words.ofCharacters(DIGITS, length)
                                + ".example.com");
            case 2 ->
                new Sample(
                        "^\\w+(-\\w+){" + (length % 5 + 3) + "}\\.",
                        "a1" + "-b".repeat(length % 5 + 3) + ".example.com");
            default -> new Sample("[0-9]{" + length + ",}", "x" + words.ofCharacters(DIGITS, length) + ".example.com");
        };
    }
}
