package org.sentrydns.server.list;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.PatternSyntaxException;
import org.sentrydns.server.regex.NamePattern;

/** Collects regular expressions for a {@link PatternTable}, each once. Confined to one thread. */
final class PatternTableBuilder {
    /** Characters; lists come from strangers, and to read and to try an expression takes time and room. */
    private static final int LONGEST = 4096;

    private final Map<Key, ListPattern> patterns = new LinkedHashMap<>();

    private record Key(String regex, boolean dotted, Meaning meaning) {}

    int size() {
        return patterns.size();
    }

    /**
     * Adds an expression.
     *
     * @return false if it is there
     * @throws UnreadableLineException if it is none, or too long
     */
    boolean add(String regex, boolean dotted, Meaning meaning, int line) throws UnreadableLineException {
        if (regex.length() > LONGEST) {
            throw new UnreadableLineException(
                    "a regular expression of " + regex.length() + " characters, of which there may be " + LONGEST);
        }
        try {
            NamePattern pattern = dotted ? NamePattern.compile(regex) : NamePattern.compileUndotted(regex);
            ListPattern fresh = new ListPattern(pattern, meaning, line);
            return patterns.putIfAbsent(new Key(regex, dotted, meaning), fresh) == null;
        } catch (PatternSyntaxException e) {
            throw new UnreadableLineException("no regular expression: " + BadText.shown(e.getDescription()));
        }
    }

    /** Takes an expression out, if it is there. */
    void remove(String regex, boolean dotted, Meaning meaning) {
        patterns.remove(new Key(regex, dotted, meaning));
    }

    PatternTable build() {
        return new PatternTable(List.copyOf(patterns.values()));
    }
}
