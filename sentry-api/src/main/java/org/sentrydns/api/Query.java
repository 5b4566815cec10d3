package org.sentrydns.api;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * A query as one rule sees it. Immutable. Types and classes are numbers, also of kinds that nobody knows yet
 * (RFC 3597); {@link org.xbill.DNS.Type#string(int)} and {@link org.xbill.DNS.DClass#string(int)} spell them.
 *
 * @since 1.0
 */
public interface Query {

    /**
     * The name that is asked for now: the client's, or what an earlier rule made of it. In the letters' case of the
     * client.
     *
     * @return an absolute name
     * @since 1.0
     */
    Name name();

    /**
     * The name that the client asked for.
     *
     * @return an absolute name
     * @since 1.0
     */
    Name askedName();

    /**
     * The type that is asked for.
     *
     * @return 0 to 65535
     * @since 1.0
     */
    int type();

    /**
     * The class that is asked for, nearly always {@link org.xbill.DNS.DClass#IN}.
     *
     * @return 0 to 65535
     * @since 1.0
     */
    int dnsClass();

    /**
     * Who asks.
     *
     * @return address and port
     * @since 1.0
     */
    InetSocketAddress client();

    /**
     * The server's address that the query came to.
     *
     * @return address and port
     * @since 1.0
     */
    InetSocketAddress server();

    /**
     * How the query came.
     *
     * @return the transport
     * @since 1.0
     */
    Transport transport();

    /**
     * Whether the client speaks EDNS (RFC 6891).
     *
     * @return true if the query has an OPT record
     * @since 1.0
     */
    boolean hasEdns();

    /**
     * Who asked what, and where, for log lines.
     *
     * @return for instance {@code {'client': '127.0.0.1:53751', 'server': '127.0.0.1:53', 'type': 'A', 'class': 'IN'}}
     * @since 1.0
     */
    default String context() {
        return "{'client': '" + AddressText.of(client())
                + "', 'server': '" + AddressText.of(server())
                + "', 'type': '" + Type.string(type())
                + "', 'class': '" + DClass.string(dnsClass()) + "'}";
    }

    /**
     * What a group of the rule's subject matched.
     *
     * @param number 1 for the first group, 0 for all that matched
     * @return the text of the name in its presentation form, escapes and all (RFC 1035 section 5.1); empty if that group took no
     *     part in the match, or the subject is a list, of which there is group 0 only
     * @throws IndexOutOfBoundsException if the subject has no such group
     * @since 1.0
     */
    Optional<String> group(int number);

    /**
     * Whether no client asked for it: the server wants to know what would be decided, or what is decided about a name that an
     * answer leads to, see {@link #isFollowed}. A rule that writes, counts, waits or sends should leave that out.
     *
     * @return false for the query of a client
     * @since 1.0
     */
    default boolean isRehearsal() {
        return false;
    }

    /**
     * Whether an answer leads to the name, by a CNAME for instance, or brings what another type of the same name would, as the
     * addresses in an HTTPS record do; the client asked for something else. Such a query is a
     * rehearsal too, but what the rule decides holds: one that has to ask somebody else to decide should ask.
     *
     * @return false for what the client asked for
     * @since 1.2
     */
    default boolean isFollowed() {
        return false;
    }

    /**
     * Whether the rule is in shadow: a client waits for the query, but nothing comes of what the rule decides. Such a query is a
     * rehearsal too; but a rule that decides by what it has counted, as one that limits does, should count it.
     *
     * @return false if the rule is in force, or no client asked
     * @since 1.0
     */
    default boolean isShadow() {
        return false;
    }

    /**
     * The entry that matched, where the rule's subject is a list.
     *
     * @return the entry; empty if the subject is a regular expression
     * @since 1.0
     */
    default Optional<ListEntry> listEntry() {
        return Optional.empty();
    }
}
