package org.sentrydns.api;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.xbill.DNS.Name;

/**
 * A query as one rule sees it. Immutable. Types and classes are numbers, also of kinds that nobody knows yet
 * (RFC 3597); {@link org.xbill.DNS.Type#string(int)} and {@link org.xbill.DNS.DClass#string(int)} spell them.
 */
public interface Query {

    /**
     * The name that is asked for now: the client's, or what an earlier rule made of it. In the letters' case of the
     * client.
     *
     * @return an absolute name
     */
    Name name();

    /**
     * The name that the client asked for.
     *
     * @return an absolute name
     */
    Name askedName();

    /**
     * The type that is asked for.
     *
     * @return 0 to 65535
     */
    int type();

    /**
     * The class that is asked for, nearly always {@link org.xbill.DNS.DClass#IN}.
     *
     * @return 0 to 65535
     */
    int dnsClass();

    /**
     * Who asks.
     *
     * @return address and port
     */
    InetSocketAddress client();

    /**
     * The server's address that the query came to.
     *
     * @return address and port
     */
    InetSocketAddress server();

    /**
     * How the query came.
     *
     * @return the transport
     */
    Transport transport();

    /**
     * Whether the client speaks EDNS (RFC 6891).
     *
     * @return true if the query has an OPT record
     */
    boolean hasEdns();

    /**
     * What a group of the rule's subject matched.
     *
     * @param number 1 for the first group, 0 for all that matched
     * @return the text; empty if that group took no part in the match, or the subject is a list
     * @throws IndexOutOfBoundsException if the subject has no such group
     */
    Optional<String> group(int number);
}
