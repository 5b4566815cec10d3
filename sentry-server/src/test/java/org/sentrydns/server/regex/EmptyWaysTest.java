package org.sentrydns.server.regex;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EmptyWaysTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "abc              ~ 1",
                "^$               ~ 1",
                "a?b?c?d?         ~ 1",
                "(|)              ~ 2",
                "(|)(|)(|)        ~ 8",
                "(a?|b?)(c?|d?|e?)~ 6",
                "(a?|b?)x(c?|d?)  ~ 2",
                "(a?|b?)x?(c?|d?) ~ 4",
                "(a*)*            ~ 2",
                "(|){45}          ~ 2",
                "((a?|b?)x(a?|b?))* ~ 4",
                "(x(|))(|)y       ~ 4",
                "(?=(|)(|))a      ~ 4",
                "(?!(|)(|)(|))a   ~ 8",
                "(?<!(|)(|))a     ~ 4",
                "(?>(|))(|)       ~ 4",
                "(^|\\.)ads(\\.|$) ~ 1"
            })
    void most_isTheProductOfWhatStandsSideBySide(String regex, long ways) {
        assertEquals(ways, RegexParser.read(regex.strip()).orElseThrow().emptyWays());
    }
}
