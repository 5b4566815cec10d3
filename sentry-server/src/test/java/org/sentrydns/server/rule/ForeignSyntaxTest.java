package org.sentrydns.server.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ForeignSyntaxTest {
    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    ||example.com^      ~ 0 as a regular expression this matches every name: write (^|\\.)example\\.com$, or put the line into a list
                    |example.com        ~ 0 as a regular expression this matches every name: write (^|\\.)example\\.com$, or put the line into a list
                    ||a-b.test^$third   ~ 0 as a regular expression this matches every name: write (^|\\.)a-b\\.test$, or put the line into a list
                    /ads[0-9]/          ~ 0 the slashes belong to the expression, and names have none: leave them out
                    ^ads|               ~ 4 beside this | is nothing, so that the expression matches every name
                    ^ads||^spy          ~ 5 beside this | is nothing, so that the expression matches every name
                    ^(a|b)[|](c)|       ~ 12 beside this | is nothing, so that the expression matches every name
                    ^[[:digit:]]        ~ 2 [:digit:] stands for its own letters in a Java regular expression: write \\p{Digit}
                    """)
    void foreign_isExplained(String expression, String expected) {
        assertEquals(
                expected,
                ForeignSyntax.in(expression)
                        .map(found -> found.offset() + " " + found.message())
                        .orElse("none"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"^a|b$", "(^|\\.)example\\.com$", "^(|www\\.)a$", "a\\||b", "[|]|a", ".", "^/"})
    void ordinaryExpressions_areNot(String expression) {
        assertEquals(Optional.empty(), ForeignSyntax.in(expression));
    }

    @Test
    void asterisk_hasAHint() {
        assertEquals(Optional.of("write \\.example\\.com$"), ForeignSyntax.hint("*.example.com"));
        assertEquals(Optional.empty(), ForeignSyntax.hint("*"));
    }
}
