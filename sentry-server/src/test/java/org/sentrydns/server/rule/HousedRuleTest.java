package org.sentrydns.server.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.PassingReply;
import org.sentrydns.api.Transport;
import org.sentrydns.server.wire.Queries;
import org.xbill.DNS.Type;

final class HousedRuleTest {
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    private static MatchedQuery query() {
        Inquiry inquiry =
                Inquiry.of(Rules.asker("10.0.0.1", Transport.UDP), Queries.decoded(Queries.of("a.test", Type.A)));
        return new MatchedQuery(inquiry, number -> Optional.empty(), false);
    }

    @Test
    void apply_andItsFilter_seeThePluginsClasses_andTheCallerItsOwnAgain() throws Exception {
        List<ClassLoader> seen = new ArrayList<>();
        try (URLClassLoader plugins = new URLClassLoader(new URL[0])) {
            HousedRule rule = new HousedRule(
                    query -> {
                        seen.add(Thread.currentThread().getContextClassLoader());
                        return Outcome.onReply((asked, reply) -> {
                            seen.add(Thread.currentThread().getContextClassLoader());
                            throw new IllegalStateException("no luck");
                        });
                    },
                    plugins);
            Outcome.Filter filter = assertInstanceOf(Outcome.Filter.class, rule.apply(query()));
            assertSame(before, Thread.currentThread().getContextClassLoader());
            PassingReply reply = new PassingReply(0, List.of(), List.of(), List.of());
            assertThrows(IllegalStateException.class, () -> filter.filter().apply(query(), reply));
            assertSame(before, Thread.currentThread().getContextClassLoader());
            assertEquals(List.of(plugins, plugins), seen);
        }
    }
}
