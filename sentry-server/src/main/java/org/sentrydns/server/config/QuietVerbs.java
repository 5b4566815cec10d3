package org.sentrydns.server.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The verbs whose rules leave no lines in the log. Immutable. */
public final class QuietVerbs {
    private final SourceText source;
    private final Map<String, Integer> offsets;

    private QuietVerbs(SourceText source, Map<String, Integer> offsets) {
        this.source = source;
        this.offsets = Map.copyOf(offsets);
    }

    static QuietVerbs read(Section top, SourceText source) {
        Map<String, Integer> offsets = new LinkedHashMap<>();
        for (JsonValue.Text text : top.value("quiet").map(top::texts).orElse(List.of())) {
            offsets.put(text.value(), text.offset());
        }
        return new QuietVerbs(source, offsets);
    }

    public Set<String> verbs() {
        return offsets.keySet();
    }

    /** Adds a mistake for each that no plugin brings. */
    public void rejectUnknown(Set<String> known, Problems problems) {
        offsets.forEach((verb, offset) -> {
            if (!known.contains(verb)) {
                problems.add(source.problem(offset, "there is no verb '" + verb + "'" + Nearest.hint(verb, known)));
            }
        });
    }
}
