package org.sentrydns.server.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sentrydns.server.upstream.Replies;
import org.sentrydns.server.wire.Queries;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Names that an upstream must not see, and those that it may. */
final class SpecialNamesTest {

    @ParameterizedTest
    @CsvSource({
        "a.invalid, A, 3",
        "a\\\\.invalid, A, 3",
        "invalid, TXT, 3",
        "x.Onion, A, 3",
        "onion, SOA, 3",
        "localhost, MX, 0",
        "a.LOCALHOST, TXT, 0",
        "_dns.resolver.arpa, SVCB, 0",
        "resolver.arpa, A, 0"
    })
    void negativeAnswer_isGivenHere_andCarriesAnSoa(String name, String type, int rcode) throws Exception {
        try (Stack stack = Stack.over(question -> {}, "resolve .")) {
            Message reply = stack.ask(Queries.of(name, Type.value(type)));
            assertEquals(rcode, reply.getRcode());
            assertEquals(1, reply.getSection(Section.AUTHORITY).size());
            assertEquals(
                    Type.SOA, reply.getSection(Section.AUTHORITY).getFirst().getType());
            assertEquals(300, reply.getSection(Section.AUTHORITY).getFirst().getTTL());
            assertEquals(0, stack.upstream().queries());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "www.test",
                "1.2.168.192.in-addr.arpa",
                "1.0.0.10.in-addr.arpa",
                "8.e.f.ip6.arpa",
                "use-application-dns.net",
                "xresolver.arpa",
                "myonion",
                "my\\.onion",
                "."
            })
    void otherNames_areLeftToTheRules(String name) throws Exception {
        try (Stack stack = Stack.over(question -> question.reply(Replies.failure(question.bytes(), 0)), "resolve .")) {
            assertEquals(0, stack.ask(Queries.of(name, Type.PTR)).getRcode());
            assertEquals(1, stack.upstream().queries());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"version.bind", "id.server", "hostname.bind", "localhost"})
    void chaos_isForwardedByTheRules(String name) throws Exception {
        try (Stack stack = Stack.over(question -> question.reply(Replies.failure(question.bytes(), 5)), "resolve .")) {
            Message reply = stack.ask(Queries.of(name, Type.TXT, DClass.CH));
            assertEquals(5, reply.getRcode());
            assertEquals(DClass.CH, reply.getQuestion().getDClass());
            assertEquals(1, stack.upstream().queries());
        }
    }

    @Test
    void name_thatNoRuleDecides_isAnsweredHereToo() throws Exception {
        try (Stack stack = Stack.over(question -> {}, "resolve ^www")) {
            assertEquals(
                    Rcode.NOERROR, stack.ask(Queries.of("localhost", Type.A)).getRcode());
            assertEquals(
                    Rcode.NXDOMAIN, stack.ask(Queries.of("a.invalid", Type.A)).getRcode());
            assertEquals(Rcode.REFUSED, stack.ask(Queries.of("a.test", Type.A)).getRcode());
            assertEquals(0, stack.upstream().queries());
        }
    }
}
