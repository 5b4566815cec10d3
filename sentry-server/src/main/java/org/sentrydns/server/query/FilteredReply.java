package org.sentrydns.server.query;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.sentrydns.api.PassingReply;
import org.sentrydns.server.plugin.Fatal;
import org.sentrydns.server.rule.PendingFilter;
import org.sentrydns.server.wire.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Takes a reply through the filters of the rules. Works on what the client would get without them. */
final class FilteredReply {
    private FilteredReply() {}

    /** A set of records of one owner and type. */
    private record Key(Name owner, int type) {}

    /**
     * The reply behind all filters; the very bytes if none changed anything.
     *
     * @param first the filter that sees the reply first
     * @throws FilterFailure if one threw
     */
    @SuppressWarnings("ReferenceEquality") // the same object says that nothing was changed
    static byte[] of(PendingFilter first, byte[] bytes) throws FilterFailure {
        Message message = parse(first, bytes);
        PassingReply before = view(message);
        PassingReply reply = before;
        for (PendingFilter filter = first; filter != null; filter = filter.earlier()) {
            reply = through(filter, reply);
        }
        return reply == before ? bytes : write(first, message, Header.flags(bytes), fitting(before, reply));
    }

    private static Message parse(PendingFilter first, byte[] bytes) throws FilterFailure {
        try {
            return new Message(bytes);
        } catch (IOException | RuntimeException e) {
            throw new FilterFailure(first, e);
        }
    }

    private static PassingReply view(Message message) {
        return new PassingReply(
                message.getHeader().getRcode(),
                message.getSection(Section.ANSWER),
                message.getSection(Section.AUTHORITY),
                message.getSection(Section.ADDITIONAL).stream()
                        .filter(record -> record.getType() != Type.OPT && record.getType() != Type.TSIG)
                        .toList());
    }

    @SuppressWarnings("ReferenceEquality")
    private static PassingReply through(PendingFilter filter, PassingReply reply) throws FilterFailure {
        Name asked = filter.query().askedName();
        Name seen = filter.query().name();
        PassingReply shown = asked.equals(seen) ? reply : reply.map(record -> Owners.rename(record, asked, seen));
        PassingReply changed;
        try {
            changed = Objects.requireNonNull(filter.filter().apply(filter.query(), shown), "the filter returned null");
        } catch (Throwable e) {
            Fatal.rethrow(e);
            throw new FilterFailure(filter, e);
        }
        if (changed == shown) {
            return reply;
        }
        return asked.equals(seen) ? changed : changed.map(record -> Owners.rename(record, seen, asked));
    }

    /** Without the signatures and denials that were about what is no longer there. */
    private static PassingReply fitting(PassingReply before, PassingReply after) {
        Set<Key> touched = touched(records(before), records(after));
        boolean answersOtherwise = before.rcode() != after.rcode()
                || !touched(Set.copyOf(before.answers()), Set.copyOf(after.answers()))
                        .isEmpty()
                || !touched(Set.copyOf(before.authority()), Set.copyOf(after.authority()))
                        .isEmpty();
        return after.keep(record -> switch (record.getType()) {
            case Type.NSEC, Type.NSEC3 -> !answersOtherwise;
            case Type.RRSIG -> {
                int covered = ((RRSIGRecord) record).getTypeCovered();
                boolean denies = covered == Type.NSEC || covered == Type.NSEC3;
                yield !(denies && answersOtherwise) && !touched.contains(new Key(record.getName(), covered));
            }
            default -> true;
        });
    }

    /** What has one record more or less. A record is the same whatever its TTL. */
    private static Set<Key> touched(Set<Record> before, Set<Record> after) {
        Predicate<Record> one = record -> !before.contains(record) || !after.contains(record);
        Set<Key> keys = new HashSet<>();
        Stream.concat(before.stream(), after.stream())
                .filter(one)
                .forEach(record -> keys.add(new Key(record.getName(), record.getType())));
        return keys;
    }

    private static Set<Record> records(PassingReply reply) {
        Set<Record> records = new HashSet<>();
        Stream.of(reply.answers(), reply.authority(), reply.additional())
                .flatMap(List::stream)
                .filter(record -> record.getType() != Type.RRSIG)
                .forEach(records::add);
        return records;
    }

    private static byte[] write(PendingFilter first, Message original, int flags, PassingReply reply)
            throws FilterFailure {
        try {
            return write(original, flags, reply);
        } catch (RuntimeException e) {
            // dnsjava can throw one when it writes what is odd.
            throw new FilterFailure(first, e);
        }
    }

    private static byte[] write(Message original, int flags, PassingReply reply) {
        Message message = new Message(original.getHeader().getID());
        message.addRecord(original.getQuestion(), Section.QUESTION);
        reply.answers().forEach(record -> message.addRecord(record, Section.ANSWER));
        reply.authority().forEach(record -> message.addRecord(record, Section.AUTHORITY));
        reply.additional().forEach(record -> message.addRecord(record, Section.ADDITIONAL));
        OPTRecord opt = original.getOPT();
        if (opt != null) {
            message.addRecord(opt, Section.ADDITIONAL);
        }
        return LocalReply.bytes(message, (flags & ~(Header.AD | Header.RCODE)) | reply.rcode());
    }
}
