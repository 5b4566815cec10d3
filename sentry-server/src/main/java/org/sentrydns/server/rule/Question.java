package org.sentrydns.server.rule;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sentrydns.api.AddressText;
import org.sentrydns.api.Transport;
import org.sentrydns.server.config.AddressBlock;
import org.sentrydns.server.config.DomainNames;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.QueryMessage;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * A question as people write it: {@code NAME [TYPE] [from ADDRESS] [over udp|tcp] [at DAY TIME]}. Immutable.
 *
 * @param name whose records are asked for
 * @param type their type
 * @param client who asks
 * @param transport how
 * @param at when, if that is not now
 */
public record Question(Name name, int type, InetAddress client, Transport transport, Optional<Moment> at) {
    private static final int CLIENT_PORT = 53_000;

    /** A time of a week. */
    public record Moment(DayOfWeek day, LocalTime time) {

        /** A clock that stands at this time of the next such day, which may be today; a week later where clocks jump over it. */
        public Clock clock(Clock now) {
            LocalDate date = LocalDate.now(now).with(TemporalAdjusters.nextOrSame(day));
            ZonedDateTime there = date.atTime(time).atZone(now.getZone());
            // Where clocks go forward there is no such time on that day.
            while (!there.toLocalTime().equals(time)) {
                date = date.plusWeeks(1);
                there = date.atTime(time).atZone(now.getZone());
            }
            return Clock.fixed(there.toInstant(), now.getZone());
        }

        @Override
        public String toString() {
            return ConditionReader.DAYS.get(day.getValue() - 1) + " " + time;
        }
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if it is none; the message says what was expected
     */
    public static Question parse(String text) {
        Deque<String> words = new ArrayDeque<>(List.of(text.strip().split("\\s+")));
        Name name = name(words.remove());
        int type = Type.A;
        if (!words.isEmpty() && !List.of("from", "over", "at").contains(words.peek())) {
            type = type(words.remove());
        }
        InetAddress client = InetAddress.getLoopbackAddress();
        Transport transport = Transport.UDP;
        Optional<Moment> at = Optional.empty();
        while (!words.isEmpty()) {
            String keyword = words.remove();
            switch (keyword) {
                case "from" -> client = client(next(words, "an IP address behind 'from'"));
                case "over" -> transport = transport(next(words, "udp or tcp behind 'over'"));
                case "at" -> at = Optional.of(moment(words));
                default ->
                    throw new IllegalArgumentException("'" + keyword
                            + "' is not understood: expected NAME [TYPE] [from ADDRESS] [over tcp] [at mon 23:30]");
            }
        }
        return new Question(name, type, client, transport, at);
    }

    private static Moment moment(Deque<String> words) {
        String expected = "a day and a time behind 'at', such as mon 23:30";
        String day = next(words, expected);
        if (!ConditionReader.DAYS.contains(day.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("'" + day + "' is no day: expected " + expected);
        }
        return moment(day, next(words, expected));
    }

    private static String next(Deque<String> words, String expected) {
        if (words.isEmpty()) {
            throw new IllegalArgumentException("expected " + expected);
        }
        return words.remove();
    }

    public static Name name(String text) {
        return DomainNames.parse(text);
    }

    public static int type(String text) {
        int type = Type.value(text.toUpperCase(Locale.ROOT));
        if (type < 0) {
            throw new IllegalArgumentException("'" + text + "' is no record type: expected one such as A or TYPE65");
        }
        return type;
    }

    /** An IP address; the scope of a link-local one, as in {@code fe80::1%eth0}, is left out. */
    public static InetAddress client(String text) {
        String scopeless = text.contains(":") ? text.split("%", 2)[0] : text;
        return AddressBlock.address(scopeless)
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no IP address"));
    }

    public static Transport transport(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "udp" -> Transport.UDP;
            case "tcp" -> Transport.TCP;
            default -> throw new IllegalArgumentException("'" + text + "' is no transport: expected udp or tcp");
        };
    }

    /** A day and a time of it. */
    public static Moment moment(String day, String time) {
        int number = ConditionReader.DAYS.indexOf(day.toLowerCase(Locale.ROOT));
        if (number < 0) {
            throw new IllegalArgumentException(
                    "'" + day + "' is no day: expected " + String.join(", ", ConditionReader.DAYS));
        }
        try {
            return new Moment(DayOfWeek.of(number + 1), LocalTime.parse(time));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + time + "' is no time: expected one such as 23:30", e);
        }
    }

    /** What a client that asks this would send. */
    public Inquiry inquiry() {
        Message message = Message.newQuery(Record.newRecord(name, type, DClass.IN));
        if (!(QueryMessage.decode(message.toWire(Header.MAX_MESSAGE)) instanceof QueryMessage query)) {
            throw new IllegalStateException("a query that was just made: " + message);
        }
        Asker asker = new Asker(
                new InetSocketAddress(client, CLIENT_PORT),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 53),
                transport);
        return Inquiry.of(asker, query);
    }

    /** The same, whenever it is asked. */
    public Question whenever() {
        return new Question(name, type, client, transport, Optional.empty());
    }

    @Override
    public String toString() {
        return name + " " + Type.string(type) + " from " + AddressText.of(client)
                + (transport == Transport.TCP ? " over tcp" : "")
                + at.map(moment -> " at " + moment).orElse("");
    }
}
