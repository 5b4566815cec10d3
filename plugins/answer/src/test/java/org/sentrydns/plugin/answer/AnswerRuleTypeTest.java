package org.sentrydns.plugin.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Reply;
import org.sentrydns.api.RuleSyntaxException;
import org.sentrydns.api.RuleType;
import org.sentrydns.testkit.RuleLine;
import org.sentrydns.testkit.TestQuery;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

final class AnswerRuleTypeTest {
    private static final String SOA = "[Nas.home.\t\t300\tIN\tSOA\tlocalhost. nobody.invalid. 1 3600 600 86400 300]";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "A 192.168.1.21                  | A         | A 192.168.1.21",
                "A 192.168.1.21 if type is A     | A         | A 192.168.1.21",
                "A 192.168.1.21                  | ANY       | A 192.168.1.21",
                "A 192.168.1.21                  | AAAA      | none",
                "A \\# 4 0a000001                 | A         | A 10.0.0.1",
                "aaaa 2001:db8::21               | AAAA      | AAAA 2001:db8:0:0:0:0:0:21",
                "MX 10 Mail.Home                 | MX        | MX 10 Mail.Home.",
                "TXT \"a; b\" \"two  spaces\"     | TXT       | TXT \"a; b\" \"two  spaces\"",
                "TXT a\\;b                        | TXT       | TXT \"a;b\"",
                "HTTPS 1 . alpn=h2               | HTTPS     | HTTPS 1 . alpn=h2",
                "TYPE65280 \\# 3 010203           | TYPE65280 | TYPE65280 \\# 3 010203",
                "CNAME www.Example.com           | A         | CNAME www.Example.com.",
                "CNAME www.Example.com           | CNAME     | CNAME www.Example.com."
            })
    void answer_eachType_repliesUnderTheQuerysName(String record, String type, String expected) throws Exception {
        Reply reply = reply("answer nas with " + record, asked(Type.value(type, true), DClass.IN));
        boolean none = expected.equals("none");
        String answer = "[Nas.home.\t\t300\tIN\t" + expected.replaceFirst(" ", "\t") + "]";
        assertEquals(Rcode.NOERROR, reply.rcode());
        assertEquals(none ? "[]" : answer, reply.answers().toString());
        assertEquals(none ? SOA : "[]", reply.authority().toString());
        assertEquals(record.startsWith("CNAME"), reply.completed());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A     | A 10.0.0.1, A 10.0.0.2",
                "AAAA  | AAAA fd00:0:0:0:0:0:0:1",
                "ANY   | A 10.0.0.1, A 10.0.0.2, AAAA fd00:0:0:0:0:0:0:1",
                "MX    |"
            })
    void answer_withAddresses_repliesWithThoseOfTheType(String type, String expected) throws Exception {
        Reply reply =
                reply("answer nas with addresses 10.0.0.1, 10.0.0.2 ,fd00::1", asked(Type.value(type), DClass.IN));
        String answers = reply.answers().stream()
                .map(record -> Type.string(record.getType()) + " " + record.rdataToString())
                .collect(Collectors.joining(", "));
        assertEquals(expected == null ? "" : expected, answers);
        assertEquals(expected == null ? SOA : "[]", reply.authority().toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "MX 10 a.home and MX 20 b.home                | MX  | MX 10 a.home., MX 20 b.home.",
                "A 10.0.0.1 and TXT \"one and A\" and AAAA ::1 | TXT | TXT \"one and A\"",
                "A 10.0.0.1 and TXT \"a\" and AAAA ::1         | ANY | A 10.0.0.1, TXT a, AAAA 0:0:0:0:0:0:0:1",
                "TXT rock and a hard place                    | TXT | TXT rock and a hard place",
                "TXT rock and ROLL and A 10.0.0.1             | TXT | TXT rock and ROLL",
                "TXT rock and ROLL and A 10.0.0.1             | A   | A 10.0.0.1",
                "TXT a\\\" and A 10.0.0.1 and TXT \"x\"         | A   | A 10.0.0.1",
                "TYPE65280 \\# 3 010203 and A 10.0.0.1         | A   | A 10.0.0.1",
                "A 10.0.0.1 and TXT x                         | MX  |"
            })
    void answer_withSeveralRecords_repliesWithThoseOfTheType(String records, String type, String expected)
            throws Exception {
        Reply reply = reply("answer nas with " + records, asked(Type.value(type), DClass.IN));
        String answers = reply.answers().stream()
                .map(record -> Type.string(record.getType()) + " " + record.rdataToString())
                .collect(Collectors.joining(", "));
        assertEquals(expected == null ? "" : expected, answers);
    }

    @ParameterizedTest
    @CsvSource({"CH", "HS", "CLASS77"})
    void answer_anotherClass_passes(String dnsClass) throws Exception {
        TestQuery query = asked(Type.A, DClass.value(dnsClass));
        assertEquals(Outcome.pass(), answer("answer nas with A 10.0.0.1", query));
    }

    @Test
    void answer_classAny_answersInClassIn() throws Exception {
        Reply reply = reply("answer nas with A 10.0.0.1", asked(Type.A, DClass.ANY));
        assertEquals(DClass.IN, reply.answers().getFirst().getDClass());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "answer ^a                  | 10 | expected 'with'",
                "answer ^a with             | 15 | expected a record type",
                "answer ^a with A           | 17 | expected the data of the record, as in a zone file",
                "answer ^a with addresses   | 25 | expected addresses, with commas between them",
                "answer ^a with addresses 1.2.3.4, x | 26 | 'x' is no address: expected such as 192.0.2.1, 2001:db8::1",
                "answer ^a with addresses ::1, ::1 | 26 | '::1' is there twice: expected each address once",
                "answer ^a with ANY x       | 16 | 'ANY' is no type of records: expected one such as A, AAAA, TXT or TYPE65280",
                "answer ^a with OPT x       | 16 | 'OPT' is no type of records: expected one such as A, AAAA, TXT or TYPE65280",
                "answer ^a with TYPE0 \\# 0  | 16 | 'TYPE0' is no type of records: expected one such as A, AAAA, TXT or TYPE65280",
                "answer ^a with FOO x       | 16 | 'FOO' is no type of records: expected one such as A, AAAA, TXT or TYPE65280",
                "answer ^a with A 1.2.3     | 18 | '1.2.3' is not the data of a record of type A: Invalid address: 1.2.3",
                "answer ^a with MX ten a    | 19 | 'ten a' is not the data of a record of type MX: expected an integer",
                "answer ^a with MX 1 a and MX 1 A | 19 | 'MX 1 A.' is there twice: expected each record once",
                "answer ^a with A 1.2.3.4 and CNAME b | 18 | a name with a CNAME has no other records (RFC 1034 section 3.6.2)",
                "answer ^a with A 1.2.3.4 and MX b | 18 | 'b' is not the data of a record of type MX: expected an integer",
                "answer ^a with TXT v; w    | 20 | ';' starts a comment in a zone file: put the text into double quotes",
                "answer ^a with TXT \"é\"     | 20 | 'é' is not ASCII: write its bytes as \\195\\169, and a name as xn--…",
                "answer ^a with TXT \"ü\"     | 20 | 'ü' is not ASCII: write its bytes as \\195\\188, and a name as xn--…",
                "answer ^a with A \\# 3 010203 | 18 | '\\# 3 010203' is not the data of a record of type A: end of input"
            })
    void compile_wrongArguments_saysWhereAndWhat(String line, int column, String message) {
        RuleSyntaxException error = RuleLine.mistake(new AnswerRuleType(), line);
        assertEquals(message, error.getMessage());
        assertEquals(column, error.column());
    }

    @Test
    void services_nameThisVerbAlone() {
        assertEquals(
                List.of("answer"),
                ServiceLoader.load(RuleType.class).stream()
                        .map(found -> found.get().verb())
                        .toList());
    }

    private static Reply reply(String line, TestQuery query) throws Exception {
        return assertInstanceOf(Outcome.Answer.class, answer(line, query)).reply();
    }

    private static Outcome answer(String line, TestQuery query) throws Exception {
        return RuleLine.of(new AnswerRuleType(), line).ask(query);
    }

    private static TestQuery asked(int type, int dnsClass) {
        return TestQuery.of("Nas.home " + Type.string(type)).inClass(dnsClass);
    }
}
