package org.sentrydns.server.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sentrydns.server.querylog.LoggedQuery;
import org.sentrydns.server.rule.Question;
import org.xbill.DNS.DClass;

/**
 * Reads the lines of a log, one after the other, however it is written: {@code NAME [TYPE] [CLIENT]} a line, which dnsperf's
 * files are too, the lines of Sentry's own rules, or JSON as in its query log. Confined to one thread.
 */
final class LogLine {
    private static final Pattern OWN = Pattern.compile("\\[([^]]*)] (\\[sentry\\.rules\\.[^]]*]) .*?query: (\\S+) (.*)"
            + "with context: \\{'client': '\\[?([^']*?)]?:([0-9]+)'.*'type': '([^']+)'(?:, 'class': '([^']+)')?.*");
    private static final Pattern OTHER_LINE_OF_OURS = Pattern.compile("\\[[^]]*] \\[sentry.*|[+|].*|[#;].*|\\s*");
    private static final DateTimeFormatter OWN_TIME = DateTimeFormatter.ofPattern("MM/dd/uuuu HH:mm:ss");

    /** So many queries may be on their way at once, whose lines are among each other. */
    private static final int RECENT = 10_000;

    /** By client, with its port, and question: the rules that have written a line about it. */
    private final Map<String, Set<String>> recent = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Set<String>> eldest) {
            return size() > RECENT;
        }
    };

    /** A query of another class than IN. */
    static final class OtherClassException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        OtherClassException(String dnsClass) {
            super("of class " + dnsClass);
        }
    }

    /**
     * Reads the next line.
     *
     * @return empty if it says nothing about a query, or only once more what an earlier line has said
     * @throws IllegalArgumentException if it is no line of a log
     */
    Optional<Question> question(String line) {
        Matcher own = OWN.matcher(line);
        if (own.matches()) {
            return ofRule(own);
        }
        if (OTHER_LINE_OF_OURS.matcher(line).matches()) {
            return Optional.empty();
        }
        return Optional.of(line.startsWith("{") ? ofJson(line) : ofWords(line));
    }

    /** Several rules may write about one query, but each of them once. */
    private Optional<Question> ofRule(Matcher own) {
        String query = own.group(5) + " " + own.group(6) + " " + own.group(7) + " " + own.group(3);
        String rule = own.group(2) + own.group(4);
        Set<String> rules = recent.get(query);
        if (rules != null && rules.add(rule)) {
            return Optional.empty();
        }
        recent.put(query, new HashSet<>(Set.of(rule)));
        String dnsClass = own.group(8) == null ? "IN" : own.group(8);
        return Optional.of(
                question(new LoggedQuery(own.group(3), own.group(7), dnsClass, own.group(5), "udp", own.group(1))));
    }

    private static Question ofJson(String line) {
        return question(LoggedQuery.parse(line));
    }

    private static Question ofWords(String line) {
        String[] words = line.strip().split("\\s+", -1);
        if (words.length > 3) {
            throw new IllegalArgumentException("more than a name, a type and a client");
        }
        String type = words.length > 1 ? words[1] : "A";
        String client = words.length > 2 ? words[2] : "127.0.0.1";
        return question(new LoggedQuery(words[0], type, "IN", client, "udp", ""));
    }

    private static Question question(LoggedQuery logged) {
        if (!logged.dnsClass().equalsIgnoreCase(DClass.string(DClass.IN))) {
            throw new OtherClassException(logged.dnsClass());
        }
        return new Question(
                Question.name(logged.name()),
                Question.type(logged.type()),
                Question.client(logged.client()),
                Question.transport(logged.transport()),
                moment(logged.time()));
    }

    /** When a query was asked, in this machine's zone; empty if that is not said in a way that Sentry would. */
    private static Optional<Question.Moment> moment(String time) {
        try {
            LocalDateTime there = time.endsWith("Z")
                    ? LocalDateTime.ofInstant(Instant.parse(time), ZoneId.systemDefault())
                    : LocalDateTime.parse(time, OWN_TIME);
            return Optional.of(new Question.Moment(
                    there.getDayOfWeek(), there.toLocalTime().truncatedTo(ChronoUnit.MINUTES)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
