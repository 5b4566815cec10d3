package org.sentrydns.server.regex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ForbiddenEndTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                // expression, where it is
                "^(?!(.*\\.)?school\\.example$) 1",
                "^(?!(a|b$)) 1",
                "(?<!\\.lan)$ 0",
                "^(?!a\\.$) 1",
                "^(?!a[$)]b$) 1",
                "^x(?!.*(?=y$)) 2",
                "^(?!(.*\\.)?school\\.example\\.?$) -1",
                "(?<!\\.lan\\.?)$ -1",
                "^(?!www\\.).*\\.com$ -1",
                "^(?!a\\$).*$ -1",
                "^(?!a[$]).*$ -1",
                "^(?![]$]).*$ -1",
                "^(?!\\Qa$)\\E).*$ -1",
                "^(?=.*x$) -1",
                "google -1"
            })
    void in_isWhereTheGroupStarts(String regex, int at) {
        assertEquals(at, NamePattern.compile(regex).forbiddenEnd());
    }

    /** What the remark says, and that its advice helps. */
    @Test
    void nameThatMustNotBeThere_isThereInOneFormOnly_unlessTheDotIsAllowedFor() {
        assertTrue(NamePattern.compile("^(?!x\\.test$)").matches("x.test."));
        assertFalse(NamePattern.compile("^(?!x\\.test\\.?$)").matches("x.test."));
        assertTrue(NamePattern.compile("^(?!x\\.test\\.?$)").matches("y.test."));
        assertTrue(NamePattern.compile("(?<!\\.lan)$").matches("host.lan."));
        assertFalse(NamePattern.compile("(?<!\\.lan\\.?)$").matches("host.lan."));
        assertTrue(NamePattern.compile("(?<!\\.lan\\.?)$").matches("host.com."));
    }
}
