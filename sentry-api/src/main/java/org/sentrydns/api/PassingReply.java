package org.sentrydns.api;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * A reply on its way back to the client. Immutable. OPT and TSIG are not part of it: they concern one hop, and the server
 * keeps them right. Where a reply was changed, the server clears AD (RFC 4035 section 3.1.6) and takes out the signatures
 * and denials of existence (RRSIG, NSEC, NSEC3) that no longer fit.
 *
 * @param rcode the response code, 0 to 15 (RFC 1035 section 4.1.1)
 * @param answers the answer section
 * @param authority the authority section
 * @param additional the additional section without OPT
 * @since 1.0
 */
public record PassingReply(int rcode, List<Record> answers, List<Record> authority, List<Record> additional) {

    /**
     * Copies the lists and checks the code.
     *
     * @since 1.0
     */
    public PassingReply {
        if (rcode < 0 || rcode > 15) {
            throw new IllegalArgumentException("a response code is 0 to 15, got " + rcode);
        }
        answers = List.copyOf(answers);
        authority = List.copyOf(authority);
        additional = List.copyOf(additional);
    }

    /**
     * Keeps some of the records, in all three sections.
     *
     * @param wanted says of each record whether it stays
     * @return this reply if all stay, otherwise a new one
     * @since 1.0
     */
    public PassingReply keep(Predicate<Record> wanted) {
        return with(kept(answers, wanted), kept(authority, wanted), kept(additional, wanted));
    }

    /**
     * Changes the records, in all three sections.
     *
     * @param change gives for each record the one that takes its place, which may be the same
     * @return this reply if all stay as they are, otherwise a new one
     * @since 1.0
     */
    public PassingReply map(UnaryOperator<Record> change) {
        return with(mapped(answers, change), mapped(authority, change), mapped(additional, change));
    }

    /**
     * Changes how long the records may be remembered, in all three sections.
     *
     * @param change gives for a TTL in seconds the new one, 0 to 2147483647
     * @return this reply if all stay as they are, otherwise a new one
     * @throws IllegalArgumentException if a new one is out of range
     * @since 1.0
     */
    public PassingReply withTtls(LongUnaryOperator change) {
        return map(record -> {
            long ttl = change.applyAsLong(record.getTTL());
            if (ttl < 0 || ttl > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("a TTL is 0 to 2147483647 seconds, got " + ttl);
            }
            return ttl == record.getTTL() ? record : withTtl(record, ttl);
        });
    }

    private static Record withTtl(Record record, long ttl) {
        byte[] wire = record.toWire(Section.ANSWER);
        ByteBuffer.wrap(wire).putInt(record.getName().length() + 4, (int) ttl);
        try {
            return Record.fromWire(wire, Section.ANSWER);
        } catch (IOException e) {
            throw new IllegalArgumentException("the record " + record + " cannot be copied", e);
        }
    }

    /**
     * The same reply with another response code.
     *
     * @param newCode the response code, 0 to 15
     * @return a new reply
     * @throws IllegalArgumentException if the code is out of range
     * @since 1.0
     */
    public PassingReply withRcode(int newCode) {
        return new PassingReply(newCode, answers, authority, additional);
    }

    /**
     * The same reply with other answers.
     *
     * @param records the answer section
     * @return a new reply
     * @since 1.0
     */
    public PassingReply withAnswers(List<Record> records) {
        return new PassingReply(rcode, records, authority, additional);
    }

    /**
     * The same reply with another authority section.
     *
     * @param records the authority section
     * @return a new reply
     * @since 1.0
     */
    public PassingReply withAuthority(List<Record> records) {
        return new PassingReply(rcode, answers, records, additional);
    }

    @SuppressWarnings("ReferenceEquality") // the same object says that nothing was changed
    private PassingReply with(List<Record> newAnswers, List<Record> newAuthority, List<Record> newAdditional) {
        return newAnswers == answers && newAuthority == authority && newAdditional == additional
                ? this
                : new PassingReply(rcode, newAnswers, newAuthority, newAdditional);
    }

    private static List<Record> kept(List<Record> records, Predicate<Record> wanted) {
        List<Record> kept = records.stream().filter(wanted).toList();
        return kept.size() == records.size() ? records : kept;
    }

    @SuppressWarnings("ReferenceEquality") // the same object says that nothing was changed
    private static List<Record> mapped(List<Record> records, UnaryOperator<Record> change) {
        List<Record> mapped = new ArrayList<>(records.size());
        boolean changed = false;
        for (Record record : records) {
            Record other = change.apply(record);
            changed |= other != record;
            mapped.add(other);
        }
        return changed ? mapped : records;
    }
}
