package org.sentrydns.server.rule;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sentrydns.api.ListEntry;
import org.sentrydns.server.list.DomainSet;

/**
 * The names of a list, as it is when a query comes. Thread-safe.
 *
 * @param name the list's name
 * @param current what it says now
 */
record ListSubject(String name, Supplier<DomainSet> current) implements Subject {

    @Override
    public @Nullable Match match(Inquiry inquiry) {
        DomainSet.@Nullable Found found = current.get().find(inquiry.lowerCase(), inquiry.type());
        return found == null ? null : new ListMatch(new ListEntry(name, found.line(), found.action()));
    }

    @Override
    public int groups() {
        return 0;
    }

    private record ListMatch(ListEntry entry) implements Match {
        @Override
        public Optional<String> group(int number) {
            if (number != 0) {
                throw new IndexOutOfBoundsException("a list has no groups, asked for " + number);
            }
            return Optional.empty();
        }

        @Override
        public Optional<ListEntry> listEntry() {
            return Optional.of(entry);
        }
    }
}
