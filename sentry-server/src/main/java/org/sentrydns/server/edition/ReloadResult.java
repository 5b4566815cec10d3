package org.sentrydns.server.edition;

import java.util.List;

/** What came of reading everything again. Immutable. */
public sealed interface ReloadResult {

    /**
     * The new edition serves.
     *
     * @param summary one line: {@code 12 rules (3 new, 1 gone), 2 lists, 7 verbs in 0.2 s}
     */
    record Done(String summary) implements ReloadResult {}

    /**
     * The earlier edition goes on serving.
     *
     * @param problems why, each with its place in a file where it has one; several lines each
     */
    record Refused(List<String> problems) implements ReloadResult {
        /** Keeps a copy. */
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
