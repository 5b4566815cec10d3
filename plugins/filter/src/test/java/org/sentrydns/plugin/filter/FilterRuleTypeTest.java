package org.sentrydns.plugin.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.util.ArrayList;
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
import org.xbill.DNS.Type;

final class FilterRuleTypeTest {

    private static PassingReply reply(int rcode, String... answers) throws IOException {
        List<Record> records = new ArrayList<>();
        for (String answer : answers) {
            String[] parts = answer.split(" ", 2);
            int type = Type.value(parts[0]);
            records.add(
                    Record.fromString(Name.fromConstantString("a.test."), type, DClass.IN, 60, parts[1], Name.root));
        }
        return new PassingReply(rcode, records, List.of(), List.of());
    }

    @Test
    void filter_typesThatAreThere_areTakenOut() throws Exception {
        try (RuleLine line = RuleLine.of("filter ^ without AAAA , HTTPS")) {
            PassingReply filtered = line.filter(
                    "a.test ANY", reply(Rcode.NOERROR, "A 192.0.2.1", "AAAA 2001:db8::1", "HTTPS 1 . alpn=h2"));
            assertEquals(reply(Rcode.NOERROR, "A 192.0.2.1"), filtered);
        }
    }

    @Test
    void filter_nothingOfTheTypes_leavesTheReply() throws Exception {
        try (RuleLine line = RuleLine.of("filter ^ without AAAA")) {
            PassingReply whole = reply(Rcode.NOERROR, "A 192.0.2.1");
            assertSame(whole, line.filter("a.test A", whole));
        }
    }

    @Test
    void filter_queryForTheType_isAnsweredWithAnSoa() throws Exception {
        try (RuleLine line = RuleLine.of("filter ^ without AAAA")) {
            PassingReply filtered = line.filter("a.test AAAA", reply(Rcode.NOERROR, "AAAA 2001:db8::1"));
            assertEquals(List.of(), filtered.answers());
            assertEquals(
                    "[a.test.\t\t\t60\tIN\tSOA\tlocalhost. nobody.invalid. 1 3600 600 86400 60]",
                    filtered.authority().toString());
        }
    }

    /** Name servers without an SOA would make it a referral. */
    @Test
    void filter_queryForTheTypeBehindACname_hasTheSoaOfTheLastName() throws Exception {
        try (RuleLine line = RuleLine.of("filter ^ without AAAA")) {
            PassingReply reply = reply(Rcode.NOERROR, "CNAME b.test.", "AAAA 2001:db8::1")
                    .withAuthority(List.of(Record.fromString(
                            Name.fromConstantString("test."), Type.NS, DClass.IN, 60, "ns.test.", Name.root)));
            PassingReply filtered = line.filter("a.test AAAA", reply);
            assertEquals(1, filtered.answers().size());
            assertEquals(
                    "[b.test.\t\t\t60\tIN\tSOA\tlocalhost. nobody.invalid. 1 3600 600 86400 60]",
                    filtered.authority().toString());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "filter ^a                 | 10 | expected 'without'",
                "filter ^a without         | 18 | expected a record type",
                "filter ^a without ANY     | 19 | 'ANY' is no type of records: expected one such as AAAA, or several with commas",
                "filter ^a without A,      | 19 | '' is no type of records: expected one such as AAAA, or several with commas",
                "filter ^a without A AAAA  | 19 | 'A AAAA' is no type of records: expected one such as AAAA, or several with commas"
            })
    void compile_wrongArguments_saysWhereAndWhat(String line, int column, String message) {
        RuleSyntaxException error = RuleLine.mistake(line);
        assertEquals(message, error.getMessage());
        assertEquals(column, error.column());
    }
}
