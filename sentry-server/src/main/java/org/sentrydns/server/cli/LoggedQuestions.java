package org.sentrydns.server.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sentrydns.server.rule.Question;

/**
 * The questions in a log. Immutable.
 *
 * @param questions each once, and how often it was asked
 * @param unreadable lines that are no queries
 * @param otherClasses queries of another class than IN, which are left out
 */
record LoggedQuestions(Map<Question, Integer> questions, int unreadable, int otherClasses) {

    static LoggedQuestions read(Path file) throws IOException {
        Map<Question, Integer> questions = new LinkedHashMap<>();
        LogLine lines = new LogLine();
        int unreadable = 0;
        int otherClasses = 0;
        // A line that is not UTF-8 is one line that is no query.
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Files.newInputStream(file),
                StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPLACE)))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                try {
                    lines.question(line).ifPresent(question -> questions.merge(question, 1, Integer::sum));
                } catch (LogLine.OtherClassException e) {
                    otherClasses++;
                } catch (IllegalArgumentException e) {
                    unreadable++;
                }
            }
        } catch (IOException e) {
            throw new WrongInputException(
                    file + " cannot be read: "
                            + (e instanceof NoSuchFileException ? "it does not exist" : e.getMessage()),
                    e);
        }
        return new LoggedQuestions(questions, unreadable, otherClasses);
    }

    /** How many queries there are. */
    int total() {
        return questions.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** How many differ in more than when they were asked. */
    long different() {
        return questions.keySet().stream().map(Question::whenever).distinct().count();
    }
}
