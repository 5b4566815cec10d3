package org.sentrydns.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A zone with whatever a zone can hold, and the names to ask it for. */
final class OddZone {
    private static final List<String> OWN_NAMES = List.of(
            "",
            "ns.nsd",
            "nothing",
            "nsd",
            "nothing.test",
            "in.nothing.test",
            "host.part.test",
            "below.ds.test",
            "host.old.test",
            "no.host.old.test",
            "any.wild.test",
            "two.labels.wild.test",
            "_a.calias.test",
            "empty.test",
            "*.wild.test",
            "other.unknown.test");

    private OddZone() {}

    /** Lines of a zone file for the root. */
    static String records() {
        String signature = "A".repeat(86) + "==";
        return oneByOne("x".repeat(255), signature)
                + many(30, "middle.test. IN TXT \"number %d of those that fit in no 512 bytes\"\n")
                + many(100, "large.test. IN TXT \"number %d of those that need TCP\"\n")
                + many(100, "large.test. IN A 198.51.100.%d\n")
                + many(250, "huge.test. IN TXT \"number %d, and there are more, " + "y".repeat(150) + "\"\n")
                + many(120, "large-mail.test. IN MX %1$d mx%1$d.large-mail.test.\n")
                + many(120, "mx%1$d.large-mail.test. IN A 203.0.113.%1$d\n")
                + many(12, "mid-mail.test. IN MX %1$d mx%1$d.mid-mail.test.\n")
                + many(12, "mx%1$d.mid-mail.test. IN A 203.0.113.%1$d\n");
    }

    private static String many(int count, String line) {
        return IntStream.rangeClosed(1, count).mapToObj(line::formatted).collect(Collectors.joining());
    }

    /** Names to ask for, as they stand in a zone file, without the final dot: those of the zone, and others. */
    static List<String> names() {
        List<String> names = new ArrayList<>(OWN_NAMES);
        records()
                .lines()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .filter(name -> !name.equals("@") && !name.startsWith("mx"))
                .map(name -> name.substring(0, name.length() - 1))
                .distinct()
                .forEach(names::add);
        return List.copyOf(names);
    }

    private static String oneByOne(String text, String signature) {
        return """
                a.test. IN A 192.0.2.1
                a.test. IN A 192.0.2.2
                a.test. IN AAAA 2001:db8::1
                mail.test. IN MX 10 a.test.
                mail.test. IN MX 20 mx.far.example.
                text.test. IN TXT "v=spf1 -all"
                text.test. IN TXT "one" "two" "" "th\\"ree \\000\\255"
                long.test. IN TXT "%1$s" "%1$s" "%1$s"
                _sip._udp.test. IN SRV 1 2 5060 a.test.
                _sip._udp.test. IN SRV 2 2 5060 .
                naptr.test. IN NAPTR 100 10 "u" "E2U+sip" "!^.*$!sip:info@test!" .
                naptr.test. IN NAPTR 100 20 "s" "SIP+D2U" "" _sip._udp.test.
                caa.test. IN CAA 0 issue "ca.test; policy=ev"
                caa.test. IN CAA 128 tbs "unknown"
                ssh.test. IN SSHFP 4 2 123456789abcdef67890123456789abcdef67890123456789abcdef123456789
                _443._tcp.test. IN TLSA 3 1 1 d2abde240d7cd3ee6b4b28c54df034b97983a1d16e8a410e4561cb106618e971
                svc.test. IN HTTPS 1 . alpn=h2,h3 port=8443 ipv4hint=192.0.2.1,192.0.2.2 ipv6hint=2001:db8::1
                svc.test. IN HTTPS 2 a.test. mandatory=alpn alpn=h2 ech=AEX+DQBB
                alias.test. IN HTTPS 0 svc.test.
                svc.test. IN SVCB 1 a.test. alpn=dot key667="hello\\210qoo"
                ds.test. IN NS a.test.
                ds.test. IN DS 12345 13 2 49fd46e6c4b45c55d4ac69cbd3cd34ac1afe51de5d7c11a8d4d9fd3d0d6c0b22
                key.test. IN DNSKEY 257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==
                loc.test. IN LOC 52 22 23.000 N 4 53 32.000 E -2.00m 0.00m 10000m 10m
                hinfo.test. IN HINFO "PDP-11" "UNIX"
                rp.test. IN RP some\\.body.test. text.test.
                1.2.0.192.in-addr.arpa. IN PTR a.test.
                1.2.0.192.in-addr.arpa. IN PTR WWW.Test.
                part.test. IN NS ns.part.test.
                part.test. IN NS a.test.
                ns.part.test. IN A 192.0.2.53
                ns.part.test. IN AAAA 2001:db8::53
                www.test. IN CNAME a.test.
                chain1.test. IN CNAME chain2.Test.
                chain2.test. IN CNAME chain3.test.
                chain3.test. IN CNAME a.test.
                loop1.test. IN CNAME loop2.test.
                loop2.test. IN CNAME loop1.test.
                dangling.test. IN CNAME nothing.test.
                away.test. IN CNAME a.part.test.
                to-wild.test. IN CNAME Any.wild.test.
                old.test. IN DNAME new.test.
                host.new.test. IN A 192.0.2.7
                host.new.test. IN TXT "here"
                *.wild.test. IN A 192.0.2.8
                *.wild.test. IN TXT "wild"
                *.wild.test. IN MX 5 mail.wild.test.
                *.calias.test. IN CNAME a.test.
                below.empty.test. IN A 192.0.2.9
                unknown.test. IN TYPE65280 \\# 5 0102c00c05
                unknown.test. IN TYPE65280 \\# 0
                unknown.test. IN TYPE731 \\# 6 abcdef012345
                short.test. 1 IN A 192.0.2.10
                never.test. 0 IN A 192.0.2.11
                ages.test. 2147483647 IN A 192.0.2.12
                odd\\.dot.test. IN A 192.0.2.13
                \\000\\255\\032.test. IN A 192.0.2.14
                signed.test. IN A 192.0.2.15
                signed.test. IN RRSIG A 13 2 300 20360101000000 20200101000000 1 . %2$s
                signed.test. IN NSEC short.test. A RRSIG NSEC
                signed.test. IN RRSIG NSEC 13 2 300 20360101000000 20200101000000 1 . %2$s
                @ IN RRSIG SOA 13 0 300 20360101000000 20200101000000 1 . %2$s
                @ IN NSEC a.test. NS SOA RRSIG NSEC
                @ IN RRSIG NSEC 13 0 300 20360101000000 20200101000000 1 . %2$s
                """.formatted(text, signature);
    }
}
