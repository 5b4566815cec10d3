package org.sentrydns.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AddressTextTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "2001:DB8::1, 2001:db8::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "0:0:1:0:0:0:0:0, 0:0:1::",
        "::ffff:192.0.2.1, 192.0.2.1",
        "fe80::1%1, fe80::1%1"
    })
    void of_eachAddress_isAsRfc5952HasIt(String written, String text) throws Exception {
        assertEquals(text, AddressText.of(InetAddress.getByName(written)).replaceFirst("%.*", "%1"));
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 127.0.0.1:53", "::1, [::1]:53"})
    void of_aSocket_hasBracketsAroundIpv6(String written, String text) throws Exception {
        assertEquals(text, AddressText.of(new InetSocketAddress(InetAddress.getByName(written), 53)));
    }
}
