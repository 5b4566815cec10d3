package org.sentrydns.plugin.ttl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sentrydns.api.PassingReply;
import org.sentrydns.api.RuleSyntaxException;
import org.sentrydns.testkit.RuleLine;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

final class TtlRuleTypeTest {

    private static PassingReply reply(long ttl) throws Exception {
        Record record = Record.fromString(
                Name.fromConstantString("Www.a.test."), Type.MX, DClass.IN, ttl, "10 Mail.a.test.", Name.root);
        return new PassingReply(Rcode.NOERROR, List.of(record), List.of(), List.of(record));
    }

    @ParameterizedTest
    @CsvSource({"5,60", "3601,3600", "604800,3600"})
    void ttl_outOfBounds_isBroughtToTheNearest(long before, long after) throws Exception {
        try (RuleLine line = RuleLine.of("ttl ^ between 60 and 3600")) {
            PassingReply reply = line.filter("a.test MX", reply(before));
            assertEquals(reply(after).toString(), reply.toString());
        }
    }

    @Test
    void ttl_withinBounds_leavesTheReply() throws Exception {
        try (RuleLine line = RuleLine.of("ttl ^ between 60 and 3600")) {
            PassingReply whole = reply(60);
            assertSame(whole, line.filter("a.test MX", whole));
        }
    }

    /** That there is nothing is remembered for the lesser of TTL and MINIMUM (RFC 2308 section 5). */
    @ParameterizedTest
    @CsvSource({"5, 60, false", "60, 60, false", "7200, 7200, false", "5, 5, true"})
    void soaOfNothing_isRememberedAsLong(int before, int after, boolean signed) throws Exception {
        Name zone = Name.fromConstantString("a.test.");
        Record soa = Record.fromString(zone, Type.SOA, DClass.IN, 900, "ns. h. 1 2 3 4 " + before, Name.root);
        Record signature = Record.fromString(
                zone,
                Type.RRSIG,
                DClass.IN,
                900,
                "SOA 8 2 900 20300101000000 20200101000000 1 a.test. AAAA",
                Name.root);
        try (RuleLine line = RuleLine.of("ttl ^ between 60 and 3600")) {
            PassingReply reply = line.filter(
                    "www.a.test MX",
                    new PassingReply(
                            Rcode.NXDOMAIN, List.of(), signed ? List.of(soa, signature) : List.of(soa), List.of()));
            assertEquals(after, ((SOARecord) reply.authority().getFirst()).getMinimum());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ttl ^a                     | 7  | expected 'between'",
                "ttl ^a between             | 15 | expected seconds",
                "ttl ^a between 1h          | 16 | expected seconds from 0 to 604800",
                "ttl ^a between 1 604801    | 18 | expected 'and'",
                "ttl ^a between 1 and 604801 | 22 | expected seconds from 0 to 604800",
                "ttl ^a between 9 and 1     | 22 | the second number is smaller than the first"
            })
    void compile_wrongArguments_saysWhereAndWhat(String line, int column, String message) {
        RuleSyntaxException error = RuleLine.mistake(line);
        assertEquals(message, error.getMessage());
        assertEquals(column, error.column());
    }
}
