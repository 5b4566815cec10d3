package org.sentrydns.server.cli;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sentrydns.server.config.Problem;
import org.sentrydns.server.edition.Edition;
import org.sentrydns.server.rule.CompiledRule;

/** Lists that are read and that no rule asks. */
final class UnusedLists {
    private UnusedLists() {}

    /** A remark for each, with its place. */
    static List<Problem> of(Edition edition) {
        Set<String> subjects = new HashSet<>();
        for (CompiledRule rule : edition.rules().rules()) {
            subjects.add(rule.subjectText());
        }
        return edition.config().lists().values().stream()
                .filter(list -> !subjects.contains("@" + list.name()))
                .map(list -> list.problem("warning: no rule uses this list: expected a subject @" + list.name()
                        + (subjects.contains(list.name()) ? ", not the expression " + list.name() : "")))
                .toList();
    }
}
