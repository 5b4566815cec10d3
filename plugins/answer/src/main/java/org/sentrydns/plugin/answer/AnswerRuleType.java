package org.sentrydns.plugin.answer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sentrydns.api.Rule;
import org.sentrydns.api.RuleSyntaxException;
import org.sentrydns.api.RuleText;
import org.sentrydns.api.RuleType;
import org.xbill.DNS.Address;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Immutable. {@code answer S with TYPE RDATA and TYPE RDATA}: local records; or {@code answer S with addresses …}. */
public final class AnswerRuleType implements RuleType {
    /** An escaped character, text in quotes, or where another record starts: with its type as the first group. */
    private static final Pattern NEXT =
            Pattern.compile("\\\\.|\"(?:[^\"\\\\]|\\\\.)*+\"|\\s+and\\s+([A-Z][A-Z0-9-]*)(?=\\s)");

    /** For {@link java.util.ServiceLoader}. */
    public AnswerRuleType() {}

    @Override
    public String verb() {
        return "answer";
    }

    @Override
    public String syntax() {
        return "answer S with TYPE RDATA [and TYPE RDATA …] | addresses A[, A…]";
    }

    @Override
    public boolean timed() {
        return false;
    }

    @Override
    public Rule compile(RuleText text) throws RuleSyntaxException {
        text.keyword("with");
        if (text.accept("addresses")) {
            return new AnswerRule(addresses(text));
        }
        int type = type(text);
        String rdata = text.rest("the data of the record, as in a zone file");
        checkCharacters(rdata, text);
        return new AnswerRule(records(type, rdata, text));
    }

    private static List<Record> records(int firstType, String all, RuleText text) throws RuleSyntaxException {
        List<Record> records = new ArrayList<>();
        int type = firstType;
        String left = all;
        while (true) {
            Matcher next = nextRecord(left);
            add(record(type, next == null ? left : left.substring(0, next.start()), text), records, text);
            if (next == null) {
                return List.copyOf(records);
            }
            type = Type.value(next.group(1), true);
            left = left.substring(next.end()).strip();
        }
    }

    /** {@code and TYPE}, outside of quotes. In small letters it is text: rock and a hard place. */
    private static @Nullable Matcher nextRecord(String rdata) {
        Matcher matcher = NEXT.matcher(rdata);
        while (matcher.find()) {
            if (matcher.group(1) != null && isData(Type.value(matcher.group(1), true))) {
                return matcher;
            }
        }
        return null;
    }

    private static void add(Record record, List<Record> records, RuleText text) throws RuleSyntaxException {
        if (records.contains(record)) {
            throw text.error("'" + Type.string(record.getType()) + " " + record.rdataToString()
                    + "' is there twice: expected each record once");
        }
        records.add(record);
        if (records.size() > 1 && records.stream().anyMatch(some -> some.getType() == Type.CNAME)) {
            throw text.error("a name with a CNAME has no other records (RFC 1034 section 3.6.2)");
        }
    }

    private static List<Record> addresses(RuleText text) throws RuleSyntaxException {
        List<Record> records = new ArrayList<>();
        for (String address : text.rest("addresses, with commas between them").split("\\s*,\\s*", -1)) {
            byte[] four = Address.toByteArray(address, Address.IPv4);
            if (four == null && Address.toByteArray(address, Address.IPv6) == null) {
                throw text.error("'" + address + "' is no address: expected such as 192.0.2.1, 2001:db8::1");
            }
            Record record = record(four == null ? Type.AAAA : Type.A, address, text);
            if (records.contains(record)) {
                throw text.error("'" + address + "' is there twice: expected each address once");
            }
            records.add(record);
        }
        return List.copyOf(records);
    }

    private static int type(RuleText text) throws RuleSyntaxException {
        String word = text.word("a record type");
        int type = Type.value(word, true);
        if (!isData(type)) {
            throw text.error("'" + word + "' is no type of records: expected one such as A, AAAA, TXT or TYPE65280");
        }
        return type;
    }

    // RFC 6895 section 3.1: 0 and 128 to 255 are for questions and signatures of messages.
    private static boolean isData(int type) {
        return type > 0 && type != Type.OPT && (type < 128 || type > 255);
    }

    // The parser would read ';' as the start of a comment, and each byte of a letter's UTF-8 form as a letter.
    private static void checkCharacters(String rdata, RuleText text) throws RuleSyntaxException {
        boolean quoted = false;
        for (int i = 0; i < rdata.length(); i++) {
            char c = rdata.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ';' && !quoted) {
                throw text.error("';' starts a comment in a zone file: put the text into double quotes");
            } else if (c > 126) {
                String letter = Character.toString(rdata.codePointAt(i));
                throw text.error("'" + letter + "' is not ASCII: write its bytes as " + escaped(letter)
                        + ", and a name as xn--…");
            }
        }
    }

    private static String escaped(String letter) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : letter.getBytes(StandardCharsets.UTF_8)) {
            escaped.append('\\').append(b & 0xff);
        }
        return escaped.toString();
    }

    private static Record record(int type, String rdata, RuleText text) throws RuleSyntaxException {
        try {
            return Record.fromString(Name.root, type, DClass.IN, AnswerRule.TTL, rdata, Name.root);
        } catch (IOException | IllegalArgumentException e) {
            String why = String.valueOf(e.getMessage()).replace("<none>:1: ", "");
            throw text.error("'" + rdata + "' is not the data of a record of type " + Type.string(type) + ": " + why);
        }
    }
}
