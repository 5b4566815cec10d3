package org.sentrydns.server.rule;

import java.net.InetAddress;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.sentrydns.api.Transport;
import org.sentrydns.server.config.AddressBlock;

/** Which queries a rule is about, besides their names. Immutable. */
sealed interface Condition {

    boolean holds(Inquiry inquiry);

    record Not(Condition condition) implements Condition {
        @Override
        public boolean holds(Inquiry inquiry) {
            return !condition.holds(inquiry);
        }
    }

    record TypeIs(Set<Integer> types) implements Condition {
        @Override
        public boolean holds(Inquiry inquiry) {
            return types.contains(inquiry.type());
        }
    }

    record ClassIs(Set<Integer> classes) implements Condition {
        @Override
        public boolean holds(Inquiry inquiry) {
            return classes.contains(inquiry.message().dnsClass());
        }
    }

    record ClientIs(List<AddressBlock> blocks) implements Condition {
        @Override
        public boolean holds(Inquiry inquiry) {
            InetAddress client = inquiry.asker().client().getAddress();
            for (AddressBlock block : blocks) {
                if (block.contains(client)) {
                    return true;
                }
            }
            return false;
        }
    }

    record TransportIs(EnumSet<Transport> transports) implements Condition {
        @Override
        public boolean holds(Inquiry inquiry) {
            return transports.contains(inquiry.asker().transport());
        }
    }

    /** A span of the day; one that ends before it starts goes over midnight. */
    record Span(LocalTime from, LocalTime to) {
        boolean contains(LocalTime time) {
            return from.isBefore(to)
                    ? !time.isBefore(from) && time.isBefore(to)
                    : !time.isBefore(from) || time.isBefore(to);
        }
    }

    record TimeIs(List<Span> spans, Supplier<LocalTime> now) implements Condition {
        @Override
        public boolean holds(Inquiry inquiry) {
            LocalTime time = now.get();
            return spans.stream().anyMatch(span -> span.contains(time));
        }
    }

    record DayIs(EnumSet<DayOfWeek> days, Supplier<DayOfWeek> today) implements Condition {
        @Override
        public boolean holds(Inquiry inquiry) {
            return days.contains(today.get());
        }
    }
}
