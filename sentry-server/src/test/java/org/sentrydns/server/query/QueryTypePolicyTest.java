package org.sentrydns.server.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sentrydns.api.Transport;
import org.sentrydns.server.upstream.Replies;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.Queries;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Types of questions that are a matter of policy: zone transfers are refused, ANY is a question like another. */
final class QueryTypePolicyTest {

    @ParameterizedTest
    @EnumSource
    void zoneTransfers_areRefused(Transport transport) throws Exception {
        try (Stack stack = Stack.over(question -> {}, "resolve .")) {
            for (int type : new int[] {Type.AXFR, Type.IXFR}) {
                byte[] query = Queries.withEdns("test", type, 1232, 0);
                Message reply = new Message(stack.reply(transport, query));
                assertEquals(Rcode.REFUSED, reply.getRcode());
                assertEquals("21 no zone transfers", Local.extendedErrors(reply));
                assertEquals(type, Objects.requireNonNull(reply.getQuestion()).getType());
            }
            assertEquals(0, stack.upstream().queries());
        }
    }

    @ParameterizedTest
    @EnumSource
    void any_isForwardedAsItIs(Transport transport) throws Exception {
        List<Integer> types = new CopyOnWriteArrayList<>();
        try (Stack stack = Stack.over(
                question -> {
                    types.add(Header.u16(question.bytes(), Header.QUESTION + 6));
                    question.reply(Replies.with(question.bytes(), 0, "HINFO \"RFC8482\" \"\"", "A 192.0.2.1"));
                },
                "resolve .")) {
            Message reply = new Message(stack.reply(transport, Queries.of("test", Type.ANY)));
            assertEquals(2, reply.getSection(Section.ANSWER).size());
            assertEquals(List.of(Type.ANY), types);
        }
    }
}
