package org.sentrydns.server.rule;

import java.util.ArrayList;
import java.util.List;

/** Cuts the conditions of a rule line apart, for people to read. */
final class ConditionTexts {
    private ConditionTexts() {}

    /**
     * The conditions as they are written.
     *
     * @param count how many the line was read to have; where the cutting finds others, each is all of them
     */
    static List<String> of(String line, int count) {
        List<Words.Word> words = Words.of(line);
        int start = 2;
        while (start < words.size() && !words.get(start).text().equals("if")) {
            start++;
        }
        List<String> texts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (Words.Word word : words.subList(Math.min(start + 1, words.size()), words.size())) {
            if (word.text().equals("and")) {
                texts.add(text.toString());
                text.setLength(0);
            } else {
                text.append(text.isEmpty() ? "" : " ").append(word.text());
            }
        }
        texts.add(text.toString());
        return texts.size() == count
                ? texts
                : List.copyOf(java.util.Collections.nCopies(count, String.join(" and ", texts)));
    }
}
