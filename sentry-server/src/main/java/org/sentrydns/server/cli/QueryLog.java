package org.sentrydns.server.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sentrydns.server.rule.Question;

/**
 * The questions in a log, however it is written: {@code NAME [TYPE] [CLIENT]} a line, which dnsperf's files are too, the lines
 * of Sentry's own rules, or JSON with {@code name}, {@code type} and {@code client}. Immutable.
 *
 * @param questions each once, and how often it was asked
 * @param unreadable lines that are none of these
 */
record QueryLog(Map<Question, Integer> questions, int unreadable) {
    private static final Pattern OWN = Pattern.compile(
            "\\[[^]]*] \\[sentry\\.rules\\.[^]]*] .*?query: (\\S+) .*with context: \\{'client': '\\[?([^']*?)]?:[0-9]+'.*'type': '([^']+)'.*");
    private static final Pattern OTHER_LINE_OF_OURS = Pattern.compile("\\[[^]]*] \\[sentry.*|[+|].*|[#;].*|\\s*");
    private static final Pattern MEMBER =
            Pattern.compile("\"(name|type|client|transport)\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

    static QueryLog read(Path file) throws IOException {
        Map<Question, Integer> questions = new LinkedHashMap<>();
        int unreadable = 0;
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                try {
                    question(line).ifPresent(question -> questions.merge(question, 1, Integer::sum));
                } catch (IllegalArgumentException e) {
                    unreadable++;
                }
            }
        } catch (MalformedInputException e) {
            throw new WrongInputException(file + " is not UTF-8 text", e);
        } catch (IOException e) {
            throw new WrongInputException(file + " cannot be read: " + e.getMessage(), e);
        }
        return new QueryLog(questions, unreadable);
    }

    private static Optional<Question> question(String line) {
        Matcher own = OWN.matcher(line);
        if (own.matches()) {
            return Optional.of(question(own.group(1), own.group(3), own.group(2), "udp"));
        }
        if (OTHER_LINE_OF_OURS.matcher(line).matches()) {
            return Optional.empty();
        }
        return Optional.of(line.startsWith("{") ? ofJson(line) : ofWords(line));
    }

    private static Question ofJson(String line) {
        Map<String, String> members = new LinkedHashMap<>();
        Matcher member = MEMBER.matcher(line);
        while (member.find()) {
            members.putIfAbsent(member.group(1), member.group(2).replace("\\\\", "\\"));
        }
        return question(
                members.getOrDefault("name", ""),
                members.getOrDefault("type", "A"),
                // A shortened one stands for all of its network.
                members.getOrDefault("client", "127.0.0.1").replaceFirst("/[0-9]{1,3}$", ""),
                members.getOrDefault("transport", "udp"));
    }

    private static Question ofWords(String line) {
        String[] words = line.strip().split("\\s+", -1);
        if (words.length > 3) {
            throw new IllegalArgumentException("more than a name, a type and a client");
        }
        return question(words[0], words.length > 1 ? words[1] : "A", words.length > 2 ? words[2] : "127.0.0.1", "udp");
    }

    private static Question question(String name, String type, String client, String transport) {
        return new Question(
                Question.name(name),
                Question.type(type),
                Question.client(client),
                Question.transport(transport),
                Optional.empty());
    }
}
