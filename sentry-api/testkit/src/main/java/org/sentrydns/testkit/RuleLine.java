package org.sentrydns.testkit;

import java.util.List;
import java.util.ServiceLoader;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.PassingReply;
import org.sentrydns.api.Reply;
import org.sentrydns.api.Rule;
import org.sentrydns.api.RuleSyntaxException;
import org.sentrydns.api.RuleText;
import org.sentrydns.api.RuleType;
import org.sentrydns.api.SettingsException;

/**
 * One rule line, compiled by its verb, that can be asked. Not thread-safe, but the rule in it is asked by whoever asks.
 * Conditions ({@code if …}) and {@code with shadow} are the server's work: they are left out here.
 *
 * @since 1.0
 */
public final class RuleLine implements AutoCloseable {
    /** As the server cuts a line: what stands between spaces, and a part in double quotes is not cut. */
    private static final Pattern WORD = Pattern.compile("\"(?:\\\\.|[^\"\\\\])*\"[^ \\t]*|[^ \\t]+");

    private final String line;
    private final String subject;
    private final Rule rule;
    private final TestContext context;

    private RuleLine(String line, String subject, Rule rule, TestContext context) {
        this.line = line;
        this.subject = subject;
        this.rule = rule;
        this.context = context;
    }

    /**
     * Compiles a line. Its verb is looked for among the services on the class path, as the server does in a plugin jar.
     *
     * @param line for instance {@code "greet ^hi\\.test$ as Ada"}
     * @return the line, to be asked
     * @throws RuleSyntaxException if it has a mistake, for the verb or, as in what the verb did not read, for the server
     * @throws AssertionError if no service brings the verb
     * @since 1.0
     */
    public static RuleLine of(String line) throws RuleSyntaxException {
        return of(verb(line), new TestContext(), line);
    }

    /**
     * Compiles a line with a certain verb.
     *
     * @param type the verb
     * @param line the line
     * @return the line, to be asked
     * @throws RuleSyntaxException if it has a mistake, for the verb or, as in what the verb did not read, for the server
     * @since 1.0
     */
    public static RuleLine of(RuleType type, String line) throws RuleSyntaxException {
        return of(type, new TestContext(), line);
    }

    /**
     * Starts a verb in a context, for instance with settings, and compiles a line with it.
     *
     * @param type the verb
     * @param context what the server would offer
     * @param line the line
     * @return the line, to be asked
     * @throws RuleSyntaxException if it has a mistake, for the verb or, as in what the verb did not read, for the server
     * @since 1.0
     */
    public static RuleLine of(RuleType type, TestContext context, String line) throws RuleSyntaxException {
        try {
            type.start(context);
        } catch (SettingsException e) {
            throw new AssertionError("the verb does not start: " + e.getMessage(), e);
        }
        List<MatchResult> words = WORD.matcher(line).results().toList();
        if (words.size() < 2) {
            throw new AssertionError("expected a verb and a subject: " + line);
        }
        String subject = words.get(1).group();
        int groups = groups(words.get(1));
        int condition = condition(words);
        int behind = isShadow(words, condition) ? condition - 2 : condition;
        int end = behind == words.size() ? line.length() : words.get(behind).start();
        RuleText text = new RuleText(line, subject, groups, words.get(1).end(), end, condition < words.size());
        Rule rule = type.compile(text);
        if (rule == null) {
            throw new RuleSyntaxException(1, "the verb '" + type.verb() + "' made no rule of this line");
        }
        RuleLine compiled = new RuleLine(line, subject, rule, context);
        try {
            text.end();
        } catch (RuleSyntaxException e) {
            compiled.close();
            throw e;
        }
        return compiled;
    }

    private static int groups(MatchResult subject) throws RuleSyntaxException {
        String text = subject.group();
        try {
            return text.startsWith("@") ? 0 : Pattern.compile(text).matcher("").groupCount();
        } catch (PatternSyntaxException e) {
            throw new RuleSyntaxException(
                    subject.start() + 1 + Math.clamp(e.getIndex(), 0, text.length()),
                    "not a regular expression: " + e.getDescription());
        }
    }

    /** The index of the word {@code if}, or how many words there are. */
    private static int condition(List<MatchResult> words) {
        int at = 2;
        while (at < words.size() && !words.get(at).group().equals("if")) {
            at++;
        }
        return at;
    }

    private static boolean isShadow(List<MatchResult> words, int end) {
        return end >= 4
                && words.get(end - 1).group().equals("shadow")
                && words.get(end - 2).group().equals("with");
    }

    /**
     * Compiles a line that must have a mistake.
     *
     * @param line the line
     * @return the mistake: its message, and its column counted from 1
     * @throws AssertionError if there is none
     * @since 1.0
     */
    public static RuleSyntaxException mistake(String line) {
        return mistake(verb(line), line);
    }

    /**
     * Compiles a line that must have a mistake, with a certain verb.
     *
     * @param type the verb
     * @param line the line
     * @return the mistake: its message, and its column counted from 1
     * @throws AssertionError if there is none
     * @since 1.0
     */
    public static RuleSyntaxException mistake(RuleType type, String line) {
        try {
            of(type, line).close();
        } catch (RuleSyntaxException e) {
            return e;
        }
        throw new AssertionError("expected a mistake in: " + line);
    }

    private static RuleType verb(String line) {
        String verb = line.split("\\s", 2)[0];
        return ServiceLoader.load(RuleType.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(type -> type.verb().equals(verb))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no service brings the verb '" + verb
                        + "': expected META-INF/services/" + RuleType.class.getName() + " to name its class"));
    }

    /**
     * Asks.
     *
     * @param question {@code NAME [TYPE] [from ADDRESS] [over udp|tcp]}
     * @return what the rule wants
     * @throws Exception if the rule throws
     * @throws AssertionError if the subject does not match the name, or the rule returns null
     * @since 1.0
     */
    public Outcome ask(String question) throws Exception {
        return ask(TestQuery.of(question));
    }

    /**
     * Asks.
     *
     * @param query the query
     * @return what the rule wants
     * @throws Exception if the rule throws
     * @throws AssertionError if the subject does not match the name, or the rule returns null
     * @since 1.0
     */
    public Outcome ask(TestQuery query) throws Exception {
        Outcome outcome = rule.apply(query.matchedBy(subject));
        if (outcome == null) {
            throw new AssertionError("the rule returned null: " + line);
        }
        return outcome;
    }

    /**
     * Asks a rule that must answer.
     *
     * @param question {@code NAME [TYPE] [from ADDRESS] [over udp|tcp]}
     * @return its reply
     * @throws Exception if the rule throws
     * @throws AssertionError if it does anything else
     * @since 1.0
     */
    public Reply reply(String question) throws Exception {
        Outcome outcome = ask(question);
        if (outcome instanceof Outcome.Answer answer) {
            return answer.reply();
        }
        throw new AssertionError("expected an answer to " + question + ", got " + outcome);
    }

    /**
     * Asks a rule that must want to see the reply, and shows it one.
     *
     * @param question {@code NAME [TYPE] [from ADDRESS] [over udp|tcp]}
     * @param reply what the rest of the rules answers
     * @return what the rule makes of it
     * @throws Exception if the rule throws
     * @throws AssertionError if it does anything else
     * @since 1.0
     */
    public PassingReply filter(String question, PassingReply reply) throws Exception {
        TestQuery query = TestQuery.of(question);
        Outcome outcome = ask(query);
        if (outcome instanceof Outcome.Filter filter) {
            return filter.filter().apply(query.matchedBy(subject), reply);
        }
        throw new AssertionError("expected a filter for " + question + ", got " + outcome);
    }

    /**
     * What the verb was started with.
     *
     * @return the context, with what was counted and logged
     * @since 1.0
     */
    public TestContext context() {
        return context;
    }

    /**
     * Closes the rule, as the server does when it is no longer used.
     *
     * @throws AssertionError if the rule throws
     * @since 1.0
     */
    @Override
    public void close() {
        if (rule instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new AssertionError("the rule does not close: " + line, e);
            }
        }
    }
}
