package org.sentrydns.server.rule;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.sentrydns.api.RuleSyntaxException;
import org.sentrydns.api.Transport;
import org.sentrydns.server.config.AddressBlock;
import org.sentrydns.server.config.Nearest;
import org.sentrydns.server.rule.Words.Word;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Type;

/** Reads {@code field is value, value and field is not value …}. Confined to one thread. */
final class ConditionReader {
    private static final List<String> FIELDS = List.of("type", "class", "client", "transport", "time", "day");
    static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    private final Map<String, List<AddressBlock>> groups;
    private final Clock clock;
    private final List<Word> words;
    private final int lineLength;
    private int next;

    /** @param words what stands behind {@code if} */
    ConditionReader(Map<String, List<AddressBlock>> groups, Clock clock, List<Word> words, int lineLength) {
        this.groups = groups;
        this.clock = clock;
        this.words = words;
        this.lineLength = lineLength;
    }

    List<Condition> read() throws RuleSyntaxException {
        List<Condition> conditions = new ArrayList<>();
        do {
            conditions.add(condition());
        } while (next < words.size() && accept("and"));
        if (next < words.size()) {
            throw new RuleSyntaxException(column(), "expected ',' and another value, 'and', or the end of the rule");
        }
        return List.copyOf(conditions);
    }

    private Condition condition() throws RuleSyntaxException {
        Word field = word("a condition, such as 'type is MX'");
        if (!FIELDS.contains(field.text())) {
            throw new RuleSyntaxException(
                    field.column(), "unknown field '" + field.text() + "'" + Nearest.hint(field.text(), FIELDS));
        }
        if (!accept("is")) {
            throw new RuleSyntaxException(column(), "expected 'is' or 'is not'");
        }
        boolean not = accept("not");
        Condition condition = condition(field.text(), values());
        return not ? new Condition.Not(condition) : condition;
    }

    private Condition condition(String field, List<Word> values) throws RuleSyntaxException {
        return switch (field) {
            case "type" -> new Condition.TypeIs(numbers(values, "record type", "A or TYPE65", Type::value));
            case "class" -> new Condition.ClassIs(numbers(values, "class", "IN or CLASS3", DClass::value));
            case "client" -> new Condition.ClientIs(clients(values));
            case "transport" -> new Condition.TransportIs(transports(values));
            case "time" -> new Condition.TimeIs(spans(values), () -> LocalTime.now(clock));
            case "day" ->
                new Condition.DayIs(days(values), () -> LocalDate.now(clock).getDayOfWeek());
            default -> throw new IllegalStateException("no reader for the field " + field);
        };
    }

    /** One or more words, separated by commas that may stand with or without spaces. */
    private List<Word> values() throws RuleSyntaxException {
        List<Word> values = new ArrayList<>();
        boolean more = true;
        while (more) {
            Word word = word("a value");
            more = word.text().endsWith(",");
            int column = word.column();
            String text = more ? word.text().substring(0, word.text().length() - 1) : word.text();
            for (String value : text.split(",", -1)) {
                if (value.isEmpty()) {
                    throw new RuleSyntaxException(column, "expected a value");
                }
                values.add(new Word(value, column));
                column += value.length() + 1;
            }
            if (!more && next < words.size() && words.get(next).text().startsWith(",")) {
                more = continueAtComma();
            }
        }
        return values;
    }

    /** {@code a , b} and {@code a ,b}: the comma is taken off the next word. */
    private boolean continueAtComma() {
        Word word = words.get(next);
        if (word.text().length() == 1) {
            next++;
        } else {
            words.set(next, new Word(word.text().substring(1), word.column() + 1));
        }
        return true;
    }

    private static Set<Integer> numbers(List<Word> values, String what, String example, ToIntFunction<String> read)
            throws RuleSyntaxException {
        Set<Integer> numbers = new HashSet<>();
        for (Word value : values) {
            int number = read.applyAsInt(value.text().toUpperCase(Locale.ROOT));
            if (number < 0) {
                throw unknown(value, what, "one such as " + example);
            }
            numbers.add(number);
        }
        return Set.copyOf(numbers);
    }

    private List<AddressBlock> clients(List<Word> values) throws RuleSyntaxException {
        List<AddressBlock> blocks = new ArrayList<>();
        for (Word value : values) {
            List<AddressBlock> group = groups.get(value.text());
            if (group != null) {
                blocks.addAll(group);
            } else {
                blocks.add(AddressBlock.parse(value.text())
                        .orElseThrow(() -> unknown(
                                value,
                                "client",
                                "an address, a block such as 192.168.7.0/24 (no bits behind the prefix), or a group"
                                        + (groups.isEmpty() ? "" : " (" + String.join(", ", groups.keySet()) + ")"))));
            }
        }
        return List.copyOf(blocks);
    }

    private static EnumSet<Transport> transports(List<Word> values) throws RuleSyntaxException {
        EnumSet<Transport> transports = EnumSet.noneOf(Transport.class);
        for (Word value : values) {
            switch (value.text().toLowerCase(Locale.ROOT)) {
                case "udp" -> transports.add(Transport.UDP);
                case "tcp" -> transports.add(Transport.TCP);
                default -> throw unknown(value, "transport", "udp or tcp");
            }
        }
        return transports;
    }

    private static List<Condition.Span> spans(List<Word> values) throws RuleSyntaxException {
        List<Condition.Span> spans = new ArrayList<>();
        for (Word value : values) {
            Condition.Span span = span(value.text().split("-", -1));
            if (span == null) {
                throw unknown(value, "span of time", "one such as 22:00-06:00");
            }
            spans.add(span);
        }
        return List.copyOf(spans);
    }

    /** Null if it is none. */
    private static Condition.@Nullable Span span(String[] ends) {
        if (ends.length != 2) {
            return null;
        }
        try {
            LocalTime from = LocalTime.parse(ends[0]);
            // The end of a day is the beginning of the next.
            LocalTime to = ends[1].equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(ends[1]);
            boolean wholeDay = ends[1].equals("24:00") && from.equals(to);
            return from.equals(to) && !wholeDay ? null : new Condition.Span(from, to);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static EnumSet<DayOfWeek> days(List<Word> values) throws RuleSyntaxException {
        EnumSet<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (Word value : values) {
            String[] ends = value.text().toLowerCase(Locale.ROOT).split("-", -1);
            int from = DAYS.indexOf(ends[0]);
            int to = DAYS.indexOf(ends[ends.length - 1]);
            if (from < 0 || to < 0 || ends.length > 2) {
                throw unknown(value, "day", "mon, tue, wed, thu, fri, sat, sun, or a span such as mon-fri");
            }
            for (int day = from; day != to; day = (day + 1) % 7) {
                days.add(DayOfWeek.of(day + 1));
            }
            days.add(DayOfWeek.of(to + 1));
        }
        return days;
    }

    private static RuleSyntaxException unknown(Word value, String what, String expected) {
        return new RuleSyntaxException(
                value.column(), "'" + value.text() + "' is no " + what + ": expected " + expected);
    }

    private Word word(String what) throws RuleSyntaxException {
        if (next == words.size()) {
            throw new RuleSyntaxException(column(), "expected " + what);
        }
        return words.get(next++);
    }

    private boolean accept(String keyword) {
        boolean there = next < words.size() && words.get(next).text().equals(keyword);
        next += there ? 1 : 0;
        return there;
    }

    private int column() {
        return next < words.size() ? words.get(next).column() : lineLength + 1;
    }
}
