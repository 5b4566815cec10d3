package org.sentrydns.server.rule;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sentrydns.api.ListEntry;

/** Which names a rule is about. Thread-safe. */
sealed interface Subject permits PatternSubject, ListSubject {

    /** Null if the name does not match. */
    @Nullable
    Match match(Inquiry inquiry);

    int groups();

    /** What matched. */
    interface Match {
        Optional<String> group(int number);

        default Optional<ListEntry> listEntry() {
            return Optional.empty();
        }
    }
}
