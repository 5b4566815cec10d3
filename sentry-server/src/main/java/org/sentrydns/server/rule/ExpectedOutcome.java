package org.sentrydns.server.rule;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.sentrydns.api.Upstream;
import org.sentrydns.server.config.Nearest;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * What should come of a question: {@code VERB [as NAME] [by SUBJECT] [with WHAT]}, or {@code none}. Immutable.
 *
 * @param verb of the rule that decides; none if no rule should
 * @param name the name that rewrites made of the question's
 * @param subject of the rule that decides
 * @param with a response code, a record, its data, or an upstream
 */
record ExpectedOutcome(String verb, Optional<Name> name, Optional<String> subject, Optional<String> with) {
    static final String NONE = "none";
    private static final Pattern SPACES = Pattern.compile("\\s+");

    /** @throws IllegalArgumentException if the text is none; the message says what was expected */
    static ExpectedOutcome parse(String text, Set<String> verbs) {
        Deque<String> words = new ArrayDeque<>(List.of(text.strip().split("\\s+")));
        String verb = words.remove();
        if (!verb.equals(NONE) && !verbs.contains(verb)) {
            throw new IllegalArgumentException(
                    "expected a verb or 'none', got '" + verb + "'" + Nearest.hint(verb, verbs));
        }
        Optional<Name> name = words.isEmpty() || !words.peek().equals("as")
                ? Optional.empty()
                : Optional.of(Question.name(behind(words, "a name")));
        Optional<String> subject = words.isEmpty() || !words.peek().equals("by")
                ? Optional.empty()
                : Optional.of(behind(words, "the subject of a rule"));
        Optional<String> with = Optional.empty();
        if (!words.isEmpty() && words.peek().equals("with")) {
            String first = behind(words, "a response code, the data of a record, or an upstream");
            words.addFirst(first);
            with = Optional.of(String.join(" ", words));
            words.clear();
        }
        if (!words.isEmpty()) {
            throw new IllegalArgumentException("'" + words.peek()
                    + "' is not understood: expected VERB [as NAME] [by SUBJECT] [with WHAT], or none");
        }
        return new ExpectedOutcome(verb, name, subject, with);
    }

    private static String behind(Deque<String> words, String expected) {
        String keyword = words.remove();
        if (words.isEmpty()) {
            throw new IllegalArgumentException("expected " + expected + " behind '" + keyword + "'");
        }
        return words.remove();
    }

    boolean isMet(Verdict verdict) {
        return verdict.decider().map(CompiledRule::verb).orElse(NONE).equals(verb)
                && !(verdict instanceof Verdict.Failed)
                && name.map(verdict.inquiry().name()::equals).orElse(true)
                && subject.map(s -> verdict.decider()
                                .map(rule -> rule.subjectText().equals(s))
                                .orElse(false))
                        .orElse(true)
                && with.map(what -> has(verdict, what)).orElse(true);
    }

    private static boolean has(Verdict verdict, String what) {
        return switch (verdict) {
            case Verdict.Answer answer ->
                Rcode.string(answer.reply().rcode()).equalsIgnoreCase(what)
                        || answer.reply().answers().stream().anyMatch(record -> isData(record, what));
            case Verdict.Forward forward -> isAsked(forward.forward().upstreams(), what);
            case Verdict.Drop drop -> what.equals("drop");
            case Verdict.NoRule noRule -> what.equalsIgnoreCase("REFUSED");
            case Verdict.Failed failed -> false;
        };
    }

    /** Data as a rule would write it, or as it is shown, with the type before it or without. */
    private static boolean isData(Record record, String what) {
        if (same(record.rdataToString(), what) || same(Deed.data(record), what)) {
            return true;
        }
        String type = Type.string(record.getType()) + " ";
        boolean typed = what.regionMatches(true, 0, type, 0, type.length());
        try {
            String written = typed ? what.substring(type.length()) : what;
            String data = Record.fromString(Name.root, record.getType(), DClass.IN, 0, written, Name.root)
                    .rdataToString();
            return same(record.rdataToString(), data);
        } catch (IOException | RuntimeException e) {
            // Not data of that type: what was expected is something else.
            return false;
        }
    }

    /** One that is asked among others, or all that are, in their order. */
    private static boolean isAsked(List<Upstream> upstreams, String what) {
        List<Upstream> wanted = Arrays.stream(what.split(",", -1))
                .map(upstream -> Upstream.parse(upstream.strip()))
                .toList();
        return wanted.size() == 1 ? upstreams.contains(wanted.getFirst()) : upstreams.equals(wanted);
    }

    private static boolean same(String one, String other) {
        return SPACES.matcher(one)
                .replaceAll(" ")
                .equalsIgnoreCase(SPACES.matcher(other).replaceAll(" "));
    }
}
