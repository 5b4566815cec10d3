package org.sentrydns.server.regex;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LiteralTrieTest {
    private static final String LETTERS = "ab.z-9";

    private final Random random = new Random(20261124);

    private String text(int length) {
        return random.ints(length, 0, LETTERS.length())
                .collect(StringBuilder::new, (text, i) -> text.append(LETTERS.charAt(i)), StringBuilder::append)
                .toString();
    }

    /** Lengths about those at which beginnings change their kind; some with the name's start or end. */
    private String literal() {
        String start = random.nextInt(8) == 0 ? String.valueOf(CharSet.START) : "";
        String end = random.nextInt(8) == 0 ? String.valueOf(CharSet.END) : "";
        return start + text(1 + random.nextInt(9)) + end;
    }

    private static int[] plainly(List<String> literals, String text) {
        return IntStream.range(0, literals.size())
                .filter(i -> text.contains(literals.get(i)))
                .toArray();
    }

    @Test
    void trie_findsExactlyTheLiteralsThatATextContains() {
        int found = 0;
        for (int set = 0; set < 3_000; set++) {
            List<String> literals = new ArrayList<>();
            LiteralTrie.Builder builder = new LiteralTrie.Builder();
            for (int i = 0; i <= set % 60; i++) {
                boolean again = i > 0 && random.nextInt(9) == 0;
                literals.add(again ? literals.getFirst() : literal());
                builder.add(literals.getLast(), i, Neighbours.ANY);
            }
            LiteralTrie trie = builder.build();
            for (int n = 0; n < 10; n++) {
                String name = text(random.nextInt(30)).toUpperCase(Locale.ROOT) + ".";
                String whole = CharSet.START + name.toLowerCase(Locale.ROOT) + CharSet.END;
                int[] expected = plainly(literals, whole);
                found += expected.length;
                assertArrayEquals(expected, find(hits -> trie.find(name, hits)), () -> literals + " in " + name);
                String part = whole.substring(random.nextInt(2), whole.length() - random.nextInt(2));
                assertArrayEquals(
                        plainly(literals, part),
                        find(hits -> trie.findWithin(part, hits)),
                        () -> literals + " within " + part);
            }
        }
        assertTrue(found > 10_000, "found " + found);
    }

    private static int[] find(Consumer<Hits> search) {
        Hits hits = new Hits();
        search.accept(hits);
        return hits.sorted();
    }
}
