package org.sentrydns.testkit;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sentrydns.api.ListEntry;
import org.sentrydns.api.Query;
import org.sentrydns.api.Transport;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * A query that a test makes up. Immutable. It comes from 127.0.0.1:53751 to 127.0.0.1:5700, over UDP, with EDNS, in class IN,
 * unless told otherwise.
 *
 * @param name the name that the rule sees
 * @param askedName the name that the client asked for
 * @param type the type
 * @param dnsClass the class
 * @param client who asks
 * @param server where it came to
 * @param transport how it came
 * @param hasEdns whether it has an OPT record
 * @param isRehearsal whether nobody waits for what comes of it
 * @param isShadow whether the rule is in shadow
 * @param listEntry the entry of the list that is the subject
 * @param match what the subject matched
 * @since 1.0
 */
public record TestQuery(
        Name name,
        Name askedName,
        int type,
        int dnsClass,
        InetSocketAddress client,
        InetSocketAddress server,
        Transport transport,
        boolean hasEdns,
        boolean isRehearsal,
        boolean isShadow,
        Optional<ListEntry> listEntry,
        Optional<MatchResult> match)
        implements Query {

    /**
     * Reads a query.
     *
     * @param question {@code NAME [TYPE] [from ADDRESS] [over udp|tcp]}; the type is A if left out
     * @return the query
     * @throws IllegalArgumentException if it is none
     * @since 1.0
     */
    public static TestQuery of(String question) {
        String[] words = question.strip().split("\\s+", -1);
        int at = 1;
        int type = Type.A;
        if (at < words.length && !words[at].equals("from") && !words[at].equals("over")) {
            type = Type.value(words[at++], true);
        }
        InetSocketAddress local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 53_751);
        InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5700);
        Name name = name(words[0]);
        TestQuery query = new TestQuery(
                name,
                name,
                type,
                DClass.IN,
                local,
                server,
                Transport.UDP,
                true,
                false,
                false,
                Optional.empty(),
                Optional.empty());
        for (; at + 1 < words.length; at += 2) {
            query = switch (words[at]) {
                case "from" -> query.from(words[at + 1]);
                case "over" -> query.over(Transport.valueOf(words[at + 1].toUpperCase(Locale.ROOT)));
                default -> throw notAQuestion(question);
            };
        }
        if (at != words.length || type < 0) {
            throw notAQuestion(question);
        }
        return query;
    }

    private static IllegalArgumentException notAQuestion(String question) {
        return new IllegalArgumentException(
                "expected NAME [TYPE] [from ADDRESS] [over udp|tcp], got '" + question + "'");
    }

    private static Name name(String text) {
        try {
            return Name.fromString(text, Name.root);
        } catch (TextParseException e) {
            throw new IllegalArgumentException("'" + text + "' is no domain name", e);
        }
    }

    /**
     * The same query from another client.
     *
     * @param address an IP address
     * @return a new query
     * @since 1.0
     */
    public TestQuery from(String address) {
        try {
            return with(new InetSocketAddress(InetAddress.getByName(address), client.getPort()), transport, dnsClass);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("'" + address + "' is no IP address", e);
        }
    }

    /**
     * The same query over another transport.
     *
     * @param way the transport
     * @return a new query
     * @since 1.0
     */
    public TestQuery over(Transport way) {
        return with(client, way, dnsClass);
    }

    /**
     * The same query in another class.
     *
     * @param newClass a constant of {@link DClass}
     * @return a new query
     * @since 1.0
     */
    public TestQuery inClass(int newClass) {
        return with(client, transport, newClass);
    }

    private TestQuery with(InetSocketAddress newClient, Transport way, int newClass) {
        return new TestQuery(
                name,
                askedName,
                type,
                newClass,
                newClient,
                server,
                way,
                hasEdns,
                isRehearsal,
                isShadow,
                listEntry,
                match);
    }

    /**
     * The same query for which the client asked under another name: a rewrite made it what it is.
     *
     * @param asked the client's own name
     * @return a new query
     * @since 1.0
     */
    public TestQuery askedAs(String asked) {
        return new TestQuery(
                name,
                name(asked),
                type,
                dnsClass,
                client,
                server,
                transport,
                hasEdns,
                isRehearsal,
                isShadow,
                listEntry,
                match);
    }

    /**
     * The same query, for which nobody waits.
     *
     * @return a new query
     * @since 1.0
     */
    public TestQuery rehearsed() {
        return new TestQuery(
                name, askedName, type, dnsClass, client, server, transport, hasEdns, true, false, listEntry, match);
    }

    /**
     * The same query, as a rule in shadow is asked about it.
     *
     * @return a new query
     * @since 1.0
     */
    public TestQuery inShadow() {
        return new TestQuery(
                name, askedName, type, dnsClass, client, server, transport, hasEdns, true, true, listEntry, match);
    }

    /**
     * The same query, matched by the entry of a list.
     *
     * @param entry the entry
     * @return a new query
     * @since 1.0
     */
    public TestQuery listed(ListEntry entry) {
        return new TestQuery(
                name,
                askedName,
                type,
                dnsClass,
                client,
                server,
                transport,
                hasEdns,
                isRehearsal,
                isShadow,
                Optional.of(entry),
                match);
    }

    @Override
    public Optional<String> group(int number) {
        if (match.isEmpty() && number != 0) {
            throw new IndexOutOfBoundsException("a list has no groups, asked for " + number);
        }
        return match.map(found -> found.group(number));
    }

    /** As the server searches: in either case, with and without the final dot. */
    TestQuery matchedBy(String subject) {
        if (subject.startsWith("@")) {
            return this;
        }
        Pattern pattern = Pattern.compile(subject, Pattern.CASE_INSENSITIVE);
        MatchResult found = search(pattern, name.toString(true));
        found = found == null ? search(pattern, name.toString()) : found;
        if (found == null) {
            throw new AssertionError("the subject " + subject + " does not match " + name);
        }
        return new TestQuery(
                name,
                askedName,
                type,
                dnsClass,
                client,
                server,
                transport,
                hasEdns,
                isRehearsal,
                isShadow,
                listEntry,
                Optional.of(found));
    }

    private static @Nullable MatchResult search(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.toMatchResult() : null;
    }
}
