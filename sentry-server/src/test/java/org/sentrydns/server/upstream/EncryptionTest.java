package org.sentrydns.server.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sentrydns.server.log.LogLines;

final class EncryptionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "resolve ^ using 9.9.9.9, tls://dns.quad9.net | true",
                "resolve ^ using https://dns.quad9.net/dns-query | true",
                "resolve ^ using 9.9.9.9, tcp://8.8.8.8 | false"
            })
    void isWanted_whereARuleNamesSuchAnUpstream(String rule, boolean wanted) {
        assertEquals(wanted, Encryption.isWanted(rule));
    }

    @Test
    void prepare_hasNothingToSay() {
        try (LogLines said = new LogLines("sentry.net")) {
            Encryption.prepare();
            assertTrue(said.take().isEmpty());
        }
    }
}
