package org.sentrydns.server.regex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetedTextTest {
    /** The last one's product is larger than an int. */
    @ParameterizedTest
    @CsvSource({
        "1, 10, 64",
        "45, 10, 2880",
        "45, 100, 9000",
        "253, 10, 16192",
        "253, 100, 20000",
        "1004, 2000000, 20000"
    })
    void readsThatAreAllowed_followTheLengthsOfNameAndExpression_upToALimit(int name, int regex, int allowed) {
        String dotted = "a".repeat(name);
        assertAllowed(allowed, new BudgetedText(dotted, BudgetedText.Reads.few(dotted, "b".repeat(regex))));
    }

    @ParameterizedTest
    @CsvSource({"1, 20000", "70, 20000", "100, 40000", "253, 60000", "1004, 60000"})
    void readsOfALastAttempt_areEnoughToLookAheadFromEachCharacter_upToALimit(int name, int allowed) {
        String dotted = "a".repeat(name);
        assertAllowed(allowed, new BudgetedText(dotted, BudgetedText.Reads.most(dotted, 0)));
    }

    private static void assertAllowed(int allowed, BudgetedText text) {
        for (int i = 0; i < allowed; i++) {
            assertEquals('a', text.charAt(0));
        }
        assertThrows(ExhaustedException.class, () -> text.charAt(0));
    }
}
