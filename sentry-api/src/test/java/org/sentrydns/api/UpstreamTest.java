package org.sentrydns.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UpstreamTest {
    @ParameterizedTest
    @CsvSource({
        "8.8.8.8, 8.8.8.8:53",
        "udp://8.8.8.8:5353, 8.8.8.8:5353",
        "TCP://[2001:db8::1], tcp://[2001:db8::1]:53",
        "fe80::1%eth0, [fe80::1%eth0]:53",
        "2001:DB8:0:0::0001, [2001:db8::1]:53",
        "FE80:0::1%Eth0, [fe80::1%Eth0]:53",
        "tls://DNS.Quad9.net, tls://dns.quad9.net:853",
        "tls://dns.quad9.net, tls://dns.quad9.net:853",
        "tls://dns.quad9.net., tls://dns.quad9.net:853",
        "https://dns.quad9.net, https://dns.quad9.net:443/dns-query",
        "https://dns.example.:8443/q?a=b, https://dns.example:8443/q?a=b",
        "https://[2001:db8::1]/dns-query, https://[2001:db8::1]:443/dns-query",
        "system, system"
    })
    void parse_anUpstream_isReadInItsFullForm(String text, String full) {
        assertEquals(full, Upstream.parse(text).toString());
        assertEquals(Upstream.parse(text), Upstream.parse(full));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "dns.example",
                "8.8.8",
                "8.8.8.8:0",
                "8.8.8.8:65536",
                "[2001:db8::1]53",
                "ftp://8.8.8.8",
                "tls://my_host",
                "tls://-a.example",
                "https://dns.example/dns-query{?dns}",
                "https://dns.example/a b",
                "https://dns.example/q#top",
                "https://my_host/dns-query"
            })
    void parse_noUpstream_saysWhatWasExpected(String text) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Upstream.parse(text));
        assertTrue(String.valueOf(e.getMessage()).contains("expected"), e::toString);
    }

    /** As a plugin may make one. */
    @ParameterizedTest
    @CsvSource({
        "UDP, not.an.ip, 53",
        "UDP, [::1], 53",
        "UDP, 192.0.2.1, 0",
        "TCP, 192.0.2.1, 65536",
        "TLS, '', 853",
        "SYSTEM, 192.0.2.1, 0",
        "SYSTEM, '', 53"
    })
    void newUpstream_thatParseWouldNotRead_isRefused(Upstream.Kind kind, String host, int port) {
        assertThrows(IllegalArgumentException.class, () -> new Upstream(kind, host, port, ""));
    }
}
