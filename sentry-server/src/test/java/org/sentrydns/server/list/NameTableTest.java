package org.sentrydns.server.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sentrydns.api.ListEntry;
import org.sentrydns.server.list.DomainSet.Found;

final class NameTableTest {
    private static final int A = 1;
    private static final String[] LABELS = {
        "a", "b", "ads", "x\\.y", "\\\\", "z\\\\\\.", "\\.", "\\000", "www", "example"
    };

    private final NameBuffer name = new NameBuffer();

    @Test
    void find_randomNames_isWhatALoopOverTheNamesAboveFinds() throws Exception {
        Random random = new Random(4711);
        NameTableBuilder builder = new NameTableBuilder();
        Map<String, Integer> whole = new HashMap<>();
        Map<String, Integer> self = new HashMap<>();
        Map<String, Integer> below = new HashMap<>();
        for (int line = 1; line <= 20_000; line++) {
            String text = randomName(random);
            int kind = random.nextInt(3);
            Map<String, Integer> naive = kind == 0 ? whole : kind == 1 ? self : below;
            Meaning meaning = kind == 0 ? Meaning.WHOLE : kind == 1 ? Meaning.ONLY_SELF : Meaning.ONLY_BELOW;
            name.readEscaped(text);
            assertEquals(naive.putIfAbsent(text, line) == null, builder.add(name, meaning, line), text);
        }
        assertEquals(whole.size() + self.size() + below.size(), builder.names());
        NameTable table = builder.build();
        for (int i = 0; i < 100_000; i++) {
            String text = randomName(random);
            assertEquals(linesThatMatch(text, whole, self, below), linesFound(table, text), text);
        }
    }

    /** Every line may decide that is most specific: the shortest suffix cut off. */
    private static Set<Integer> linesThatMatch(
            String text, Map<String, Integer> whole, Map<String, Integer> self, Map<String, Integer> below) {
        List<String> labels = labels(text);
        for (int cut = 0; cut < labels.size(); cut++) {
            String suffix = String.join(".", labels.subList(cut, labels.size()));
            Set<Integer> lines = new HashSet<>();
            add(lines, whole.get(suffix));
            add(lines, cut == 0 ? self.get(suffix) : below.get(suffix));
            if (!lines.isEmpty()) {
                return Set.of(java.util.Collections.min(lines));
            }
        }
        return Set.of();
    }

    private static void add(Set<Integer> lines, @Nullable Integer line) {
        if (line != null) {
            lines.add(line);
        }
    }

    private static Set<Integer> linesFound(NameTable table, String text) {
        Found found = table.found(table.find(text, A));
        return found == null ? Set.of() : Set.of(found.line());
    }

    private static String randomName(Random random) {
        List<String> labels = new ArrayList<>();
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            labels.add(LABELS[random.nextInt(LABELS.length)]);
        }
        return String.join(".", labels);
    }

    private static List<String> labels(String text) {
        List<String> labels = new ArrayList<>();
        int start = 0;
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) == '\\') {
                at++;
            } else if (text.charAt(at) == '.') {
                labels.add(text.substring(start, at));
                start = at + 1;
            }
        }
        labels.add(text.substring(start));
        return labels;
    }

    @Test
    void bytes_ofAMillionNames_areLessThan40Megabytes() throws Exception {
        Random random = new Random(1);
        NameTableBuilder builder = new NameTableBuilder();
        long letters = 0;
        for (int line = 1; builder.names() < 1_000_000; line++) {
            String text = realisticName(random);
            letters += text.length();
            name.read(text);
            builder.add(name, Meaning.WHOLE, line);
        }
        NameTable table = builder.build();
        assertTrue(letters >= 20_000_000, "the names are too short to mean anything: " + letters);
        assertTrue(table.bytes() <= 40_000_000, () -> "bytes: " + table.bytes());
    }

    private static String realisticName(Random random) {
        String[] tops = {"com", "net", "org", "info", "co.uk", "xyz", "de"};
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(3); i > 0; i--) {
            word(text, random, 2 + random.nextInt(8)).append('.');
        }
        return word(text, random, 4 + random.nextInt(12))
                .append('.')
                .append(tops[random.nextInt(tops.length)])
                .toString();
    }

    private static StringBuilder word(StringBuilder text, Random random, int length) {
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text;
    }

    @Test
    void remove_anEntry_leavesTheOthersInItsRun() throws Exception {
        NameTableBuilder builder = new NameTableBuilder();
        for (int line = 1; line <= 5_000; line++) {
            name.read("n" + line + ".example");
            builder.add(name, Meaning.WHOLE, line);
            builder.add(name, Meaning.WHOLE.excepting(), line);
        }
        for (int line = 1; line <= 5_000; line += 2) {
            name.read("n" + line + ".example");
            builder.remove(name, Meaning.WHOLE.excepting());
            builder.remove(name, Meaning.ONLY_SELF);
        }
        assertEquals(5_000, builder.names());
        assertEquals(2_500, builder.exceptions());
        NameTable table = builder.build();
        for (int line = 1; line <= 5_000; line++) {
            Found expected = line % 2 == 0 ? null : new Found(line, ListEntry.Action.UNSPECIFIED);
            assertEquals(expected, table.found(table.find("a.n" + line + ".example", A)));
        }
    }

    @Test
    void find_nameInChunksBehindTheFirst_isFound() throws Exception {
        NameTableBuilder builder = new NameTableBuilder();
        String padding = ("p".repeat(60) + '.').repeat(3);
        for (int line = 1; line <= 10_000; line++) {
            name.read(padding + "n" + line);
            assertTrue(builder.add(name, Meaning.WHOLE, line));
        }
        NameTable table = builder.build();
        for (int line = 1; line <= 10_000; line++) {
            assertEquals(
                    new Found(line, ListEntry.Action.UNSPECIFIED), table.found(table.find(padding + "n" + line, A)));
        }
        assertNull(table.found(table.find(padding + "n10001", A)));
    }

    @Test
    void find_inAnEmptyTable_isNothing() throws Exception {
        NameTable table = new NameTableBuilder().build();
        assertNull(table.found(table.find("", A)));
        assertNull(table.found(table.find("a.b", A)));
    }

    @Test
    void find_root_isFoundByEntriesAboutEveryName() throws Exception {
        NameTableBuilder builder = new NameTableBuilder();
        name.readRoot();
        builder.add(name, Meaning.ONLY_BELOW, 3);
        NameTable table = builder.build();
        assertEquals(new Found(3, ListEntry.Action.UNSPECIFIED), table.found(table.find("a.b", A)));
        assertNull(table.found(table.find("", A)));
        assertFalse(builder.add(name, Meaning.ONLY_BELOW, 4));
    }
}
