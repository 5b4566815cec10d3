package org.sentrydns.server.regex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
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

    /** No budget of characters ends what reads none. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "^.{3}(|){45}$",
                "^.{3}(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)$"
            })
    void expressionThatTriesNothingInManyWays_isDecidedByAnAutomaton(String regex) {
        NamePattern pattern = NamePattern.compile(regex);
        assertFalse(pattern.matches("ads.com."));
        assertTrue(pattern.matches("abc."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"^.{3}%s\\1$", "^.{3}(?!%sx)q$", "^.{3}%s(?<=q)$", "^(.)(.)\\1%s$"})
    void expressionThatTriesNothingInManyWays_isStopped_whereNoAutomatonDecides(String form) {
        NamePattern pattern = NamePattern.compile(form.replace("%s", "(a?|b?)".repeat(45)));
        assertTrue(pattern.risk().isPresent());
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            try {
                assertFalse(pattern.matches("ads.com."));
            } catch (ExhaustedException e) {
                assertTrue(String.valueOf(e.getMessage()).contains("it is not tried"), e.getMessage());
            }
        });
    }

    /** As people make them of a list of words. */
    @ParameterizedTest
    @CsvSource({"(%s), true", "(^|\\.)(%s)\\.com$, true", "^(.*-)?(%s)[0-9]+\\.com$, false"})
    void expressionWithThousandsOfWords_isDecided(String form, boolean decisive) {
        StringBuilder words = new StringBuilder("firstword");
        Random random = new Random(20_261_127);
        for (int i = 0; i < 2000; i++) {
            words.append('|');
            for (int c = 0; c < 7; c++) {
                words.append((char) ('a' + random.nextInt(26)));
            }
        }
        NamePattern pattern = NamePattern.compile(form.replace("%s", words));
        assertEquals(decisive, pattern.requirement().decisive());
        assertFalse(pattern.isTriedAlways());
        assertFalse(pattern.matches("this-is-quite-a-long-name.of-a-host.somewhere.example.org."));
        String word = words.substring(words.length() - 7);
        String found = "another-host." + (decisive ? word : "x-" + word + "12") + ".com.";
        assertTrue(pattern.matches(found));
        assertNotNull(pattern.find(found));
    }

    /** Java itself reads behind the end of the name. */
    @Test
    void expressionThatJavaFailsOn_isStopped() {
        NamePattern pattern = NamePattern.compile("^(.*\\b{g}?)[a-z]{3}q");
        try {
            assertFalse(pattern.matches("cn.x."));
        } catch (ExhaustedException e) {
            assertTrue(String.valueOf(e.getMessage()).contains("cannot be tried"), e.getMessage());
        }
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
        assertTrue(NamePattern.compile("(" + "|".repeat(200_000) + ")*x").risk().isPresent());
        assertTrue(NamePattern.compile("(" + "a|".repeat(1000) + "b)*x").risk().isPresent());
    }
}
