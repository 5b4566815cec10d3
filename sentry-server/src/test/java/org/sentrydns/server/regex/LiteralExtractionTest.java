package org.sentrydns.server.regex;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LiteralExtractionTest {
    private static Requirement of(String regex) {
        return LiteralExtraction.of(RegexParser.parse(regex).orElseThrow());
    }

    /** Lists come from strangers, and each character of a requirement is room in the trie. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "((((a{64}){64}){64}){64})",
                "(((a{64}){64}){64}){2,}",
                "x((((ab|cd){5}e{64}){64}){64}){64}y",
                "(a{64}){64}|(b{64}){64}"
            })
    void of_repeatsOfRepeats_staysShort(String regex) {
        Set<String> strings = of(regex).literals().all();
        int characters = strings.stream().mapToInt(String::length).sum();
        assertTrue(characters > 0 && characters <= 2_200, () -> characters + " characters");
    }

    @Test
    void of_theLongestName_isWhole() {
        Requirement requirement = of("^(a{63}\\.){3}b{61}$");
        assertTrue(requirement.decisive());
        String name = ("a".repeat(63) + ".").repeat(3) + "b".repeat(61) + ".";
        assertTrue(requirement.literals().all().contains(CharSet.START + name + CharSet.END), requirement::toString);
    }
}
