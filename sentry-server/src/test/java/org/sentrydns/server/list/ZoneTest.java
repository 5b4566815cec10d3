package org.sentrydns.server.list;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ZoneTest {
    private static final String ZONE = """
            $TTL 2h ; two hours
            $ORIGIN rpz.example.
            @  IN SOA localhost. root.localhost. ( 1 ; serial
                  2h 1h   ; refresh, retry
                  1w
                  300 )
               IN NS localhost.
            nx.test               CNAME .
            *.nx.test      300 IN CNAME .
            nodata.test    IN 300 cname *.
            drop.test.rpz.example. CNAME rpz-drop.
            ok.nx.test            CNAME rpz-passthru.
            *.ok.nx.test          CNAME RPZ-PASSTHRU.
            bad.ok.nx.test        CNAME .;why
            tcp.test              CNAME rpz-tcp-only.
            garden.test           CNAME garden.example.
                                  A 127.0.0.1
            24.0.2.0.192.rpz-ip   CNAME .
            ns.test.rpz-nsdname   CNAME .
            32.1.2.0.192.rpz-client-ip CNAME rpz-drop.
            old.nx.test           CNAME old.nx.test.
            odd\\.label.test      CNAME .
            lone.test
            $ORIGIN test.rpz.example.
            rel (
               CNAME .
               )
            outside.              CNAME .
            """;

    @ParameterizedTest
    @CsvSource(delimiterString = "->", quoteCharacter = '`', textBlock = """
                    nx.test              -> 8 NXDOMAIN
                    a.nx.test            -> 9 NXDOMAIN
                    a.b.nx.test          -> 9 NXDOMAIN
                    nodata.test          -> 10 NODATA
                    a.nodata.test        -> -
                    drop.test            -> 11 DROP
                    ok.nx.test           -> -
                    a.ok.nx.test         -> -
                    bad.ok.nx.test       -> 14 NXDOMAIN
                    a.bad.ok.nx.test     -> -
                    tcp.test             -> -
                    garden.test          -> 16
                    ns.test              -> -
                    old.nx.test          -> -
                    odd\\.label.test     -> 22 NXDOMAIN
                    label.test           -> -
                    lone.test            -> 23
                    rel.test             -> 25 NXDOMAIN
                    nx.test.rpz.example  -> -
                    rpz.example          -> -
                    outside              -> -
                    """)
    void find_inAZone_isDecidedByTheMostSpecificRecord(String question, String expected) {
        assertEquals(expected, ListTexts.find(ListTexts.read(ZONE), question));
    }

    @Test
    void report_ofAZone_countsPolicies() {
        ReadList list = ListTexts.read(ZONE);
        assertEquals("9 3 0 1 6 1", ListTexts.counts(list));
        assertEquals(
                new ListReport.BadLine(
                        28,
                        "outside.              CNAME .",
                        "'outside' is outside of the zone 'rpz.example': expected a name without a final dot, or one that"
                                + " ends with the zone's"),
                list.report().firstUnreadable().get(0));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "->", quoteCharacter = '`', textBlock = """
                    a.test CNAME .                                            -> a.test        -> 1 NXDOMAIN
                    a.test. CNAME .                                           -> a.test        -> 1 NXDOMAIN
                    A.Test. 60 IN CNAME *.                                    -> a.test        -> 1 NODATA
                    * CNAME .\\na.test CNAME rpz-passthru.                    -> b.test        -> 1 NXDOMAIN
                    * CNAME .\\na.test CNAME rpz-passthru.                    -> a.test        -> -
                    * CNAME .                                                 -> .             -> -
                    rpz.x. SOA a. b. 1 2 3 4 5\\na.test.rpz.x. CNAME .        -> a.test        -> 2 NXDOMAIN
                    rpz.x. SOA a. b. 1 2 3 4 5\\na.test CNAME .               -> a.test        -> 2 NXDOMAIN
                    $ORIGIN .\\nrpz.x SOA a. b. 1 2 3 4 5\\na.test.rpz.x CNAME . -> a.test      -> 3 NXDOMAIN
                    $origin x.\\n$ttl 60\\na.test CNAME .                 -> a.test        -> 3 NXDOMAIN
                    $ORIGIN x.\\n$ORIGIN rpz\\na.test CNAME .                 -> a.test.rpz    -> 3 NXDOMAIN
                    @ SOA a. b. 1 2 3 4 5\\na.test CNAME .                    -> a.test        -> 2 NXDOMAIN
                    $TTL 60\\na.test MX 1 b.test\\n CNAME .                  -> a.test        -> 3 NXDOMAIN
                    a.test 60 IN A 1.2.3.4\\nb.test AAAA ::1                 -> b.test        -> 2
                    rpz.x. SOA a. b. 1 2 3 4 5\\n A 1.2.3.4                 -> rpz.x         -> -
                    $TTL 60\\na.test (\\nCNAME\\n) .                          -> a.test        -> 2 NXDOMAIN
                    $TTL 60\\na.test TXT "x ( ;" \\nb.test CNAME .            -> b.test        -> 3 NXDOMAIN
                    a.test MX 1 b.test\\nb..test A 1.2.3.4\\n CNAME .        -> a.test        -> -
                    a.test MX 1 b.test\\nb.test FOO x\\n CNAME .            -> a.test        -> -
                    $ORIGIN x.\\n$ORIGIN b..x.\\na.test CNAME .             -> a.test        -> -
                    $ORIGIN x.\\n$ORIGIN b..x.\\na.test.x. CNAME .          -> a.test        -> 3 NXDOMAIN
                    a.test CNAME .\\n0.0.0.0 b.test\\n||c.test^                -> x.b.test      -> 2
                    *.a.test CNAME .\\nb.a.test CNAME rpz-passthru.        -> b.a.test      -> -
                    *.a.test CNAME .\\nb.a.test CNAME rpz-passthru.        -> x.b.a.test    -> -
                    *.a.test CNAME .\\nb.a.test CNAME rpz-passthru.        -> y.x.b.a.test  -> -
                    *.a.test CNAME .\\nb.a.test CNAME rpz-passthru.        -> x.a.test      -> 1 NXDOMAIN
                    *.a.test CNAME .\\nb.a.test CNAME .                    -> x.b.a.test    -> -
                    *.a.test CNAME .\\n*.b.a.test CNAME *.\\nb.a.test CNAME . -> x.b.a.test -> 2 NODATA
                    *.a.test CNAME .\\nb.a.test CNAME .\\n*.b.a.test CNAME *. -> x.b.a.test -> 3 NODATA
                    *.a.test CNAME .\\n*.b.a.test CNAME *.                 -> b.a.test      -> 1 NXDOMAIN
                    a.test\\n*.a.test CNAME .\\nb.a.test CNAME rpz-passthru. -> x.b.a.test -> 1
                    *.a.test CNAME .\\n|b.a.test^                          -> x.b.a.test    -> 1 NXDOMAIN
                    * CNAME .\\nb.a.test CNAME rpz-passthru.               -> x.b.a.test    -> -
                    * CNAME .\\nb.a.test CNAME rpz-passthru.               -> x.a.test      -> 1 NXDOMAIN
                    ||a.test^\\n@@||b.a.test^\\n||c.b.a.test^\\nz.test CNAME . -> c.b.a.test -> -
                    @@||a.test^\\nb.a.test CNAME .                          -> b.a.test      -> -
                    @@/a/\\na.test CNAME .                                  -> a.test        -> -
                    ||a.test^$important\\nb.a.test CNAME rpz-passthru.     -> b.a.test      -> 1
                    a.test\\nb.a.test CNAME rpz-passthru.                  -> b.a.test      -> -
                    *.a.test CNAME rpz-passthru.\\nb.a.test                -> b.a.test      -> 2
                    a.test CNAME rpz-passthru.\\na.test                    -> a.test        -> -
                    Choose a plan                                           -> choose        -> -
                    choose aaaa plan                                        -> choose        -> -
                    choose 1 a plan now                                     -> choose        -> -
                    $TTL 60\\nchoose a plan                                -> choose        -> -
                    """)
    void find_inOddZones_followsOriginAndOwner(String list, String question, String expected) {
        assertEquals(expected, ListTexts.find(ListTexts.read(list), question));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "->", quoteCharacter = '`', textBlock = """
                    $INCLUDE other.zone          -> 1 -> $INCLUDE is not supported: expected records
                    $TTL 60\\n CNAME .           -> 2 -> expected a name: there is none in the record before
                    a.*.test CNAME .             -> 1 -> 'a.*.test' is no domain name: expected '*' only in front, as in *.example.com
                    a..test CNAME .              -> 1 -> 'a..test' is no domain name: a label is empty
                    Choose a plan                -> 1 -> expected one name, an address and names, or a comment behind '#'
                    $TTL 60\\nChoose a plan     -> 2 -> 'plan' is no address
                    $TTL 60\\na.test A          -> 2 -> expected an address
                    a.test CNAME                 -> 1 -> expected a policy: . or *. or rpz-passthru. or rpz-drop.
                    $TTL 1\\na.test CNAME (      -> 2 -> expected ')' for the '(' in line 2
                    """)
    void read_badRecord_isUnreadable(String list, int line, String reason) {
        ListReport.BadLine bad = ListTexts.read(list).report().firstUnreadable().get(0);
        assertEquals(line, bad.number());
        assertEquals(reason, bad.reason());
    }
}
