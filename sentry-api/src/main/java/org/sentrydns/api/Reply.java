package org.sentrydns.api;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/**
 * An answer that a rule made itself. Immutable. The server adds ID, flags, question and, where the client speaks EDNS
 * (RFC 6891), the OPT record with the extended error (RFC 8914).
 *
 * @param rcode the response code, 0 to 15 (RFC 1035 section 4.1.1)
 * @param answers the answer section
 * @param authority the authority section
 * @param completed whether the server resolves the target of a CNAME in the answers through the rules, from the first
 *     one, and adds the records that it finds
 * @param extendedError why the reply is what it is, for clients that speak EDNS; null for none
 * @since 1.0
 */
public record Reply(
        int rcode,
        List<Record> answers,
        List<Record> authority,
        boolean completed,
        @Nullable ExtendedErrorCodeOption extendedError) {

    private static final Name PRIMARY = Name.fromConstantString("localhost.");
    private static final Name MAILBOX = Name.fromConstantString("nobody.invalid.");
    private static final Reply EMPTY = new Reply(Rcode.NOERROR, List.of(), List.of(), false, null);

    /**
     * Copies the lists and checks the code and the records' types.
     *
     * @throws IllegalArgumentException if the code is out of range, or a record is of a type that is about the message: OPT, TSIG,
     *     TKEY
     * @since 1.0
     */
    public Reply {
        if (rcode < 0 || rcode > 15) {
            throw new IllegalArgumentException("a response code is 0 to 15, got " + rcode);
        }
        answers = List.copyOf(answers);
        authority = List.copyOf(authority);
        answers.forEach(Reply::checkType);
        authority.forEach(Reply::checkType);
    }

    private static void checkType(Record record) {
        int type = record.getType();
        if (type == Type.OPT || type == Type.TSIG || type == Type.TKEY) {
            throw new IllegalArgumentException(
                    "a record of type " + Type.string(type) + " is about a message and stands in no answer");
        }
    }

    /**
     * NOERROR without any record.
     *
     * @return the reply
     * @since 1.0
     */
    public static Reply empty() {
        return EMPTY;
    }

    /**
     * NOERROR with these answers.
     *
     * @param answers the answer section
     * @return the reply
     * @since 1.0
     */
    public static Reply of(Record... answers) {
        return new Reply(Rcode.NOERROR, List.of(answers), List.of(), false, null);
    }

    /**
     * A response code without any record, for instance {@link Rcode#NXDOMAIN}.
     *
     * @param rcode the response code, 0 to 15
     * @return the reply
     * @throws IllegalArgumentException if the code is out of range
     * @since 1.0
     */
    public static Reply failure(int rcode) {
        return new Reply(rcode, List.of(), List.of(), false, null);
    }

    /**
     * The same reply with an authority section: an SOA makes a negative reply cacheable (RFC 2308 section 5).
     *
     * @param records the authority section
     * @return a new reply
     * @since 1.0
     */
    public Reply withAuthority(Record... records) {
        return new Reply(rcode, answers, List.of(records), completed, extendedError);
    }

    /**
     * The same reply with an SOA, so that clients remember for some time that there is nothing (RFC 2308 section 5).
     *
     * @param name the name that was asked for
     * @param dnsClass the class that was asked for; ANY, which no record may have, becomes IN
     * @param seconds for how long, 0 to 2147483647
     * @return a new reply
     * @throws IllegalArgumentException if that is out of range
     * @since 1.0
     */
    public Reply rememberedFor(Name name, int dnsClass, long seconds) {
        if (seconds < 0 || seconds > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a TTL is 0 to 2147483647 seconds, got " + seconds);
        }
        int recordClass = dnsClass == DClass.ANY ? DClass.IN : dnsClass;
        return withAuthority(
                new SOARecord(name, recordClass, seconds, PRIMARY, MAILBOX, 1, 3600, 600, 86_400, seconds));
    }

    /**
     * The same reply, with the target of its CNAME resolved through the rules and added.
     *
     * @return a new reply
     * @since 1.0
     */
    public Reply withTargetResolved() {
        return new Reply(rcode, answers, authority, true, extendedError);
    }

    /**
     * The same reply with a reason (RFC 8914).
     *
     * @param infoCode the code, 0 to 65535: a constant of {@link ExtendedErrorCodeOption}
     * @param text a sentence for people, may be empty
     * @return a new reply
     * @throws IllegalArgumentException if the code is out of range
     * @since 1.0
     */
    public Reply withExtendedError(int infoCode, String text) {
        if (infoCode < 0 || infoCode > 65535) {
            throw new IllegalArgumentException("the code of an extended error is 0 to 65535, got " + infoCode);
        }
        return new Reply(rcode, answers, authority, completed, new ExtendedErrorCodeOption(infoCode, text));
    }
}
