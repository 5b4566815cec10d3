package org.sentrydns.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AddressBlockTest {

    @ParameterizedTest
    @CsvSource({
        "192.168.1.20,       192.168.1.20,    true",
        "192.168.1.20,       192.168.1.21,    false",
        "192.168.7.0/24,     192.168.7.255,   true",
        "192.168.7.0/24,     192.168.8.0,     false",
        "192.168.7.128/25,   192.168.7.127,   false",
        "192.168.7.128/25,   192.168.7.128,   true",
        "10.0.0.0/9,         10.127.255.255,  true",
        "10.0.0.0/9,         10.128.0.0,      false",
        "0.0.0.0/0,          8.8.8.8,         true",
        "0.0.0.0/0,          2001:db8::1,     false",
        "::/0,               2001:db8::1,     true",
        "::/0,               8.8.8.8,         false",
        "2001:db8::/33,      2001:db8:7fff::, true",
        "2001:db8::/33,      2001:db8:8000::, false",
        "::ffff:10.0.0.1,    10.0.0.1,        true",
        "::ffff:10.0.0.0/104, 10.9.9.9,       true",
        "::ffff:10.0.0.0/104, 11.0.0.0,       false",
    })
    void contains_address_followsThePrefix(String block, String address, boolean inside) throws Exception {
        assertEquals(Optional.of(inside), AddressBlock.parse(block).map(b -> b.contains(address(address))));
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/-1", "::1/64", "::/129", "example.com", "10.0.0.0/8/8", "''"})
    void parse_textThatIsNoBlock_isEmpty(String text) {
        assertEquals(Optional.empty(), AddressBlock.parse(text));
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (java.net.UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
