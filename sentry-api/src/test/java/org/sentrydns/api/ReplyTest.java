package org.sentrydns.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.NULLRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;

/** What replies are made of has bounds. */
final class ReplyTest {
    private static final Name NAME = Name.fromConstantString("a.test.");

    private static void assertRefused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void withTtls_outOfRange_isRefused() {
        PassingReply reply =
                new PassingReply(0, List.of(new NULLRecord(NAME, DClass.IN, 60, new byte[1])), List.of(), List.of());
        assertEquals(
                Integer.MAX_VALUE,
                reply.withTtls(ttl -> Integer.MAX_VALUE).answers().getFirst().getTTL());
        assertEquals(0, reply.withTtls(ttl -> 0).answers().getFirst().getTTL());
        assertRefused("a TTL is 0 to 2147483647 seconds, got 5000000000", () -> reply.withTtls(ttl -> 5_000_000_000L));
        assertRefused("a TTL is 0 to 2147483647 seconds, got -1", () -> reply.withTtls(ttl -> -1));
    }

    @Test
    void recordAboutTheMessage_isRefused() {
        assertRefused(
                "a record of type OPT is about a message and stands in no answer",
                () -> Reply.of(new OPTRecord(1232, 0, 0)));
    }

    @Test
    void rememberedFor_outOfRange_isRefused() {
        Reply reply = Reply.empty();
        assertEquals(
                Integer.MAX_VALUE,
                reply.rememberedFor(NAME, DClass.IN, Integer.MAX_VALUE)
                        .authority()
                        .getFirst()
                        .getTTL());
        assertRefused(
                "a TTL is 0 to 2147483647 seconds, got 5000000000",
                () -> reply.rememberedFor(NAME, DClass.IN, 5_000_000_000L));
        assertRefused("a TTL is 0 to 2147483647 seconds, got -1", () -> reply.rememberedFor(NAME, DClass.IN, -1));
    }

    @Test
    void withExtendedError_outOfRange_isRefused() {
        Reply reply = Reply.empty();
        assertEquals(
                new ExtendedErrorCodeOption(65_535, "a"),
                reply.withExtendedError(65_535, "a").extendedError());
        assertRefused(
                "the code of an extended error is 0 to 65535, got 70000", () -> reply.withExtendedError(70_000, ""));
        assertRefused("the code of an extended error is 0 to 65535, got -1", () -> reply.withExtendedError(-1, ""));
    }
}
