package org.sentrydns.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DomainNamesTest {

    @ParameterizedTest
    @CsvSource({
        "a.example, a.example.",
        "MÜNCHEN.example, xn--mnchen-3ya.example.",
        "βόλοσ.example, xn--nxasmq6b.example.",
        "xn--strae-oqa.example, xn--strae-oqa.example."
    })
    void parse_ofAName_makesItAbsoluteAndAscii(String text, String name) {
        assertEquals(name, DomainNames.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"straße.example", "STRAẞE.example", "βόλος.example", "نامه\u200cای.example", "ශ්\u200dරී.example"
            })
    void parse_ofANameThatIsAnotherByIdna2008_isRefused(String text) {
        assertEquals(
                "'" + text + "' is ambiguous: IDNA 2003 and 2008 make different names of it (write its xn-- form)",
                assertThrows(IllegalArgumentException.class, () -> DomainNames.parse(text))
                        .getMessage());
    }

    @Test
    void parse_ofNoName_saysSo() {
        assertEquals(
                "'a..b' is no domain name",
                assertThrows(IllegalArgumentException.class, () -> DomainNames.parse("a..b"))
                        .getMessage());
    }
}
