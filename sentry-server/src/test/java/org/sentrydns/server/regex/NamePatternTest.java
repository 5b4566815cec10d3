package org.sentrydns.server.regex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamePatternTest {

    /** Twice, since what the first attempt found out is kept. */
    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            (?!.*good)ads ~ ads.goodsite.example.com.
            (?!.*good)ads ~ my.ads.on.a.goodsite.somewhere.below.example.com.
            (?!.*good)xyz ~ a-name-of-some-length.whose-labels-are-long.and-many.d111111abcdef8.net.
            (?!.*goodsite)(ads|track) ~ www.tracker.of.a.goodsite.below.example.com.
            (?=.*ads)(?=.*track)(?!.*good).*com ~ ads.of.a.tracker.on.goodsite.below.x.example.com.
            .*ads.*(?<!goodsite)\\.com$ ~ www.ads.in.front.of.all.of.this.goodsite.com.
            ^(?!.*good).*ads ~ www.ads.example.com.
            """)
    void expressionThatLooksAheadFromEachCharacter_isNotStopped(String regex, String dotted) {
        String undotted = dotted.substring(0, dotted.length() - 1);
        Pattern java = Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
        boolean expected = java.matcher(undotted).find() || java.matcher(dotted).find();
        NamePattern pattern = NamePattern.compile(regex);
        assertEquals(expected, pattern.matches(dotted));
        assertEquals(expected, pattern.matches(dotted));
        assertEquals(expected, pattern.find(dotted) != null);
    }

    @Test
    void expressionThatGoesBackWithoutEnd_isStoppedEachTime_whereNoAutomatonDecides() {
        NamePattern pattern = NamePattern.compile("^(a+)+\\1$");
        String dotted = "a".repeat(60) + ".b.";
        assertThrows(ExhaustedException.class, () -> pattern.matches(dotted));
        assertThrows(ExhaustedException.class, () -> pattern.matches(dotted));
        assertTrue(pattern.matches("aa."));
    }

    @Test
    void expressionThatGoesBackWithoutEnd_isDecidedByAnAutomaton_whereThereIsOne() {
        NamePattern pattern = NamePattern.compile("^(a|aa)+x");
        assertFalse(pattern.matches("a".repeat(60) + "."));
        assertTrue(pattern.matches("a".repeat(60) + "x."));
        assertNotNull(pattern.find("aax."));
    }

    /** How deep is too deep depends on the thread's stack: one of them is. */
    @ParameterizedTest
    @ValueSource(strings = {"(?:)", "(?=)", "\\b?"})
    void expressionThatIsTooDeepToBeTried_isStopped_andNotTheThread(String part) {
        for (int parts = 1000; parts <= 64_000; parts *= 2) {
            try {
                NamePattern pattern = NamePattern.compile(part.repeat(parts) + "x");
                assertFalse(pattern.matches("."));
                assertFalse(pattern.matches("a.test."));
            } catch (ExhaustedException | PatternSyntaxException e) {
                return; // Java says the same of some before they are tried
            }
        }
    }

    /** Each pair of alternatives was compared: half a minute. */
    @Test
    void expressionWithVeryManyAlternatives_isReadInNoTime() {
        assertTrue(NamePattern.compile("(" + "|".repeat(200_000) + ")*x").risk().isEmpty());
        assertTrue(NamePattern.compile("(" + "a|".repeat(1000) + "b)*x").risk().isPresent());
    }
}
