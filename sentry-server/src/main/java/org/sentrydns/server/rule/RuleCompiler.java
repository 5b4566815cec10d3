package org.sentrydns.server.rule;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.PatternSyntaxException;
import org.sentrydns.api.Rule;
import org.sentrydns.api.RuleSyntaxException;
import org.sentrydns.api.RuleText;
import org.sentrydns.api.RuleType;
import org.sentrydns.server.config.AddressBlock;
import org.sentrydns.server.config.Nearest;
import org.sentrydns.server.config.Problems;
import org.sentrydns.server.config.RuleSource;
import org.sentrydns.server.config.RuleTime;
import org.sentrydns.server.list.DomainSet;
import org.sentrydns.server.plugin.Closer;
import org.sentrydns.server.plugin.Fatal;
import org.sentrydns.server.rule.Words.Word;

/**
 * Reads rule lines. Confined to one thread.
 *
 * @param verbs the rule types, by verb
 * @param groups clients by the name of their group
 * @param lists what the lists say, by their names
 * @param clock the server's time and zone, for conditions
 * @param verbCounts the counter that each rule of a verb adds to
 * @param time how long a rule may take
 */
public record RuleCompiler(
        Map<String, RuleType> verbs,
        Map<String, List<AddressBlock>> groups,
        Map<String, ? extends Supplier<DomainSet>> lists,
        Clock clock,
        Function<String, LongAdder> verbCounts,
        RuleTime time) {

    /** Without a limit on the time that a rule takes. */
    public RuleCompiler(
            Map<String, RuleType> verbs,
            Map<String, List<AddressBlock>> groups,
            Map<String, ? extends Supplier<DomainSet>> lists,
            Clock clock,
            Function<String, LongAdder> verbCounts) {
        this(verbs, groups, lists, clock, verbCounts, RuleTime.UNLIMITED);
    }

    /**
     * Reads all lines.
     *
     * @param lines the rule lines, in order
     * @param problems takes every mistake
     * @return the rules, to be used only if there were no problems
     */
    public RuleBook compile(List<RuleSource> lines, Problems problems) {
        List<CompiledRule> rules = new ArrayList<>();
        // Of rules with the same expression each has the same one, so that a query tries it once.
        Map<String, PatternSubject> patterns = new HashMap<>();
        for (RuleSource line : lines) {
            try {
                rules.add(compile(line, patterns));
            } catch (RuleSyntaxException e) {
                problems.add(line.problem(e.column(), String.valueOf(e.getMessage())));
            }
        }
        return new RuleBook(rules);
    }

    private CompiledRule compile(RuleSource source, Map<String, PatternSubject> patterns) throws RuleSyntaxException {
        String line = source.text();
        List<Word> words = Words.of(line);
        if (words.isEmpty()) {
            throw new RuleSyntaxException(1, "expected a rule, such as 'block ^ads\\.'; this line is empty");
        }
        RuleType type = type(words.getFirst());
        if (words.size() < 2) {
            throw new RuleSyntaxException(
                    line.length() + 1, "expected a subject, a regular expression: " + type.syntax());
        }
        Word subjectWord = words.get(1);
        Subject subject = subject(subjectWord, patterns);
        int condition = conditionStart(words);
        int behind = condition < 0 ? words.size() : condition;
        boolean shadow = isShadow(words, behind);
        int last = shadow ? behind - 2 : behind;
        int end = last == words.size() ? line.length() : words.get(last).column() - 1;
        List<Condition> conditions = condition < 0 ? List.of() : conditions(words, condition, line);
        RuleText text =
                new RuleText(line, subjectWord.text(), subject.groups(), subjectWord.end(), end, !conditions.isEmpty());
        Rule made = compile(type, text);
        ClassLoader loader = type.getClass().getClassLoader();
        boolean limited = type.timed() && time.limited();
        Rule rule = limited ? new TimedRule(made, source, time, loader) : new HousedRule(made, loader);
        String counter = type.verb() + (shadow ? ".shadow" : "");
        return new CompiledRule(source, type, subject, conditions, rule, verbCounts.apply(counter), shadow);
    }

    /** A verb may be a stranger's: what it throws must not hide the other mistakes. */
    private static Rule compile(RuleType type, RuleText text) throws RuleSyntaxException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(type.getClass().getClassLoader());
        try {
            Rule rule = type.compile(text);
            if (rule == null) {
                throw new RuleSyntaxException(1, "the verb '" + type.verb() + "' made no rule of this line");
            }
            checkEnd(type, text, rule);
            return rule;
        } catch (RuleSyntaxException e) {
            throw e;
        } catch (Throwable e) {
            Fatal.rethrow(e);
            throw new RuleSyntaxException(1, "the verb '" + type.verb() + "' failed on this line: " + e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** What a verb did not read is not skipped. */
    private static void checkEnd(RuleType type, RuleText text, Rule rule) throws RuleSyntaxException {
        try {
            text.end();
        } catch (RuleSyntaxException e) {
            new Closer().close(rule, "a rule of '" + type.verb() + "'");
            throw e;
        }
    }

    private RuleType type(Word verb) throws RuleSyntaxException {
        RuleType type = verbs.get(verb.text());
        if (type == null) {
            throw new RuleSyntaxException(
                    verb.column(), "unknown verb '" + verb.text() + "'" + Nearest.hint(verb.text(), verbs.keySet()));
        }
        return type;
    }

    private Subject subject(Word word, Map<String, PatternSubject> patterns) throws RuleSyntaxException {
        String text = word.text();
        if (text.startsWith("@")) {
            return list(word, text.substring(1));
        }
        if (text.startsWith("\"")) {
            throw new RuleSyntaxException(word.column(), "expected a regular expression without quotes around it");
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ') {
                throw new RuleSyntaxException(
                        word.column() + i,
                        "a control character never matches; if it is meant for the regular expression \\b, write \\\\b in"
                                + " JSON");
            }
            if (text.charAt(i) > 0x7e) {
                throw new RuleSyntaxException(
                        word.column() + i,
                        "'" + text.charAt(i)
                                + "' never matches: names are ASCII, internationalised ones start with xn--");
            }
        }
        try {
            return patterns.computeIfAbsent(text, PatternSubject::compile);
        } catch (PatternSyntaxException e) {
            throw new RuleSyntaxException(
                    word.column() + Math.clamp(e.getIndex(), 0, text.length()),
                    "not a regular expression: " + e.getDescription()
                            + ForeignSyntax.hint(text).map(hint -> ": " + hint).orElse(""));
        }
    }

    private Subject list(Word word, String name) throws RuleSyntaxException {
        Supplier<DomainSet> list = lists.get(name);
        if (list == null) {
            throw new RuleSyntaxException(
                    word.column(), "there is no list '" + name + "'" + Nearest.hint(name, lists.keySet()));
        }
        return new ListSubject(name, list);
    }

    /** {@code with shadow} ends the arguments of any verb, and is none of them. */
    private static boolean isShadow(List<Word> words, int end) {
        return end >= 4
                && words.get(end - 1).text().equals("shadow")
                && words.get(end - 2).text().equals("with");
    }

    /** The index of the word {@code if}, or -1. */
    private static int conditionStart(List<Word> words) {
        for (int i = 2; i < words.size(); i++) {
            if (words.get(i).text().equals("if")) {
                return i;
            }
        }
        return -1;
    }

    private List<Condition> conditions(List<Word> words, int start, String line) throws RuleSyntaxException {
        List<Word> behind = new ArrayList<>(words.subList(start + 1, words.size()));
        return new ConditionReader(groups, clock, behind, line.length()).read();
    }
}
