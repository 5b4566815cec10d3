package org.sentrydns.server.rule;

import java.net.InetAddress;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sentrydns.api.Transport;
import org.sentrydns.server.config.AddressBlock;

/** Finds conditions that no query can meet together: {@code type is A and type is AAAA}. Confined to one thread. */
final class Contradiction {
    private static final int MINUTES = 24 * 60;

    private @Nullable Set<Integer> types;
    private @Nullable Set<Integer> classes;
    private final Set<Integer> noTypes = new HashSet<>();
    private final Set<Integer> noClasses = new HashSet<>();
    private final Set<Transport> transports = EnumSet.allOf(Transport.class);
    private final Set<DayOfWeek> days = EnumSet.allOf(DayOfWeek.class);
    private final BitSet minutes = new BitSet();
    private final List<List<AddressBlock>> clients = new ArrayList<>();
    private final List<AddressBlock> noClients = new ArrayList<>();

    private Contradiction() {
        minutes.set(0, MINUTES);
    }

    static boolean isIn(List<Condition> conditions) {
        Contradiction found = new Contradiction();
        for (Condition condition : conditions) {
            if (condition instanceof Condition.Not not) {
                found.forbid(not.condition());
            } else {
                found.demand(condition);
            }
        }
        return found.leavesNothing();
    }

    private void demand(Condition condition) {
        switch (condition) {
            case Condition.TypeIs is -> types = both(types, is.types());
            case Condition.ClassIs is -> classes = both(classes, is.classes());
            case Condition.ClientIs is -> clients.add(is.blocks());
            case Condition.TransportIs is -> transports.retainAll(is.transports());
            case Condition.TimeIs is -> minutes.and(minutes(is));
            case Condition.DayIs is -> days.retainAll(is.days());
            case Condition.Not not -> throw new IllegalStateException("'is not' turns round once");
        }
    }

    private void forbid(Condition condition) {
        switch (condition) {
            case Condition.TypeIs is -> noTypes.addAll(is.types());
            case Condition.ClassIs is -> noClasses.addAll(is.classes());
            case Condition.ClientIs is -> noClients.addAll(is.blocks());
            case Condition.TransportIs is -> transports.removeAll(is.transports());
            case Condition.TimeIs is -> minutes.andNot(minutes(is));
            case Condition.DayIs is -> days.removeAll(is.days());
            case Condition.Not not -> throw new IllegalStateException("'is not' turns round once");
        }
    }

    private static Set<Integer> both(@Nullable Set<Integer> known, Set<Integer> more) {
        Set<Integer> both = new HashSet<>(more);
        if (known != null) {
            both.retainAll(known);
        }
        return both;
    }

    private static BitSet minutes(Condition.TimeIs times) {
        BitSet held = new BitSet();
        for (int minute = 0; minute < MINUTES; minute++) {
            LocalTime time = LocalTime.of(minute / 60, minute % 60);
            if (times.spans().stream().anyMatch(span -> span.contains(time))) {
                held.set(minute);
            }
        }
        return held;
    }

    private boolean leavesNothing() {
        return (types != null && noTypes.containsAll(types))
                || (classes != null && noClasses.containsAll(classes))
                || transports.isEmpty()
                || days.isEmpty()
                || minutes.isEmpty()
                || isNobody();
    }

    /** Two blocks lie one in the other or apart. */
    private boolean isNobody() {
        for (List<AddressBlock> blocks : clients) {
            boolean anybody = blocks.stream()
                    .anyMatch(block -> noClients.stream().noneMatch(not -> isWithin(block, not))
                            && clients.stream()
                                    .allMatch(others -> others.stream()
                                            .anyMatch(other -> isWithin(block, other) || isWithin(other, block))));
            if (!anybody) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWithin(AddressBlock inner, AddressBlock outer) {
        InetAddress first = inner.network();
        return inner.prefixLength() >= outer.prefixLength() && outer.contains(first);
    }
}
