package org.sentrydns.server.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.sentrydns.server.query.Inspected.ask;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sentrydns.server.config.Rebinding;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Private addresses in what upstreams answer. */
final class RebindingGuardTest {
    @ParameterizedTest
    @CsvSource({
        "A, 10.1.2.3, 0",
        "A, 172.16.0.1, 0",
        "A, 192.168.1.1, 0",
        "A, 127.0.0.1, 0",
        "A, 169.254.1.1, 0",
        "A, 0.0.0.0, 0",
        "AAAA, ::1, 0",
        "AAAA, fd00::1, 0",
        "AAAA, fe80::1, 0",
        "AAAA, ::ffff:192.168.1.1, 0",
        "AAAA, 64:ff9b::c0a8:101, 0",
        "AAAA, ::192.168.1.1, 0",
        "AAAA, 2002:c0a8:101::1, 0",
        "A, 192.0.2.1, 1",
        "A, 172.32.0.1, 1",
        "AAAA, 2001:db8::1, 1",
        "AAAA, 64:ff9b::c000:201, 1",
        "AAAA, 2002:c000:201::1, 1",
        "AAAA, ::8.8.8.8, 1"
    })
    void rebindingProtection_keepsPrivateAddressesBack(String type, String address, int answers) throws IOException {
        Policies policies =
                new Policies(true, true, new Rebinding(true, List.of(Name.fromConstantString("corp.test."))));
        Message reply = ask(policies, "evil.test", Type.value(type), "evil.test " + type + " " + address, "resolve ^");
        assertEquals(answers, reply.getSection(Section.ANSWER).size());
        Message excepted =
                ask(policies, "www.Corp.test", Type.value(type), "www.corp.test " + type + " " + address, "resolve ^");
        assertEquals(1, excepted.getSection(Section.ANSWER).size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 . ipv4hint=192.168.1.1                          | 0",
                "1 . alpn=h2 ipv4hint=192.0.2.1,10.0.0.1           | 0",
                "1 . alpn=h2 ipv6hint=fd00::1                      | 0",
                "1 a.test. ipv4hint=192.0.2.1 ipv6hint=2001:db8::1 | 1",
                "0 a.test.                                         | 1"
            })
    void rebindingProtection_looksAtHintsToo(String data, int answers) throws IOException {
        Policies policies = new Policies(true, true, new Rebinding(true, List.of()));
        Message reply = ask(policies, "evil.test", Type.HTTPS, "evil.test HTTPS " + data, "resolve ^");
        assertEquals(answers, reply.getSection(Section.ANSWER).size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "+a.evil.test A 192.168.1.1                                             | 0",
                "+a.evil.test A 192.0.2.1; +a.evil.test AAAA fd00::1; +evil.test TXT t  | 1",
                "+a.evil.test A 192.0.2.1; +a.evil.test AAAA 2001:db8::1                | 2"
            })
    void rebindingProtection_dropsAddedAddressesWhereOneIsPrivate(String added, int left) throws IOException {
        Policies policies = new Policies(true, true, new Rebinding(true, List.of()));
        Message reply = ask(policies, "evil.test", Type.SRV, "evil.test SRV 0 0 1 a.evil.test.; " + added, "resolve ^");
        assertEquals(1, reply.getSection(Section.ANSWER).size());
        assertEquals(left, reply.getSection(Section.ADDITIONAL).size(), reply::toString);
    }
}
