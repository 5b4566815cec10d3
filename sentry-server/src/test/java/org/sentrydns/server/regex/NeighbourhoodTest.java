package org.sentrydns.server.regex;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeighbourhoodTest {
    /** In the sets the name's start is {@code <}, its end {@code >}. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', delimiter = ';', textBlock = """
                    ^(.+[_.-])?ads(er?|ice)?s?[0-9]*[_.-]; ads; <-._; -.0123456789_eis
                    (^|\\.)ads[xy]; ads; <.; xy
                    ads[xy]; ads; any; xy
                    [xy]ads; ads; xy; any
                    ads$; ads; any; .>
                    ^a(ds|x)|adsy; ads; any; any
                    ads(xads)*y; ads; any; xy
                    ^(a*|b)ads\\.; ads; <ab; .
                    (ads|track)-; ads; any; -
                    # A string is made of no place where nearly anything may stand.
                    ^.*[xy]ads[xy]; ads; xy; xy
                    # What is looked for aside stands outside the match.
                    ads(?=x)[xyz]; ads; any; any
                    # A negative look, and a group that never gives back, only take away.
                    ads(?!x)[xy]; ads; any; xy
                    (?>ads)[xy]; ads; any; xy
                    # The name's start or end twice: unknown.
                    ^^ads[xy]; ads; any; any
                    """)
    void neighbours_ofAString_areWhatMayStandBesideIt(String regex, String string, String before, String after) {
        Neighbours neighbours =
                Neighbourhood.of(RegexParser.parse(regex).orElseThrow()).of(string);

        assertEquals(before, text(neighbours.before()));
        assertEquals(after, text(neighbours.after()));
    }

    private static String text(CharSet set) {
        if (set.equals(CharSet.ALL)) {
            return "any";
        }
        String all = new String(set.members());
        String marks = (set.has(CharSet.START) ? "<" : "")
                + all.chars()
                        .filter(c -> c > CharSet.END)
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining());
        return marks + (set.has(CharSet.END) ? ">" : "");
    }
}
