package org.sentrydns.api;

/**
 * A rule verb: the entry of a plugin jar. Name the class in the jar's
 * {@code META-INF/services/org.sentrydns.api.RuleType} and give it a public constructor without arguments; a jar may
 * bring several.
 *
 * <p>The server makes one instance for each configuration that it reads, at start and at each reload, and calls it from one
 * thread at a time: the constructor, {@link #verb}, {@link #start}, then {@link #compile} for each line and what else it says
 * of itself. If it is
 * {@link AutoCloseable} and was started, it is closed when the last query has left the rules of that configuration, after the
 * rules themselves. What it starts and opens must have ended by then; classes of the plugin are unloaded.
 *
 * @since 1.0
 */
public interface RuleType {

    /**
     * The word that a rule line starts with, for instance {@code block}: lower-case ASCII letters, digits and hyphens,
     * starting with a letter. No two jars may bring the same verb.
     *
     * @return the verb
     * @since 1.0
     */
    String verb();

    /**
     * The form of a whole rule line, for people: {@code S} stands for the subject, brackets for what may be left out.
     * Shown by {@code sentry plugins} and in errors, for instance {@code block S [with nodata|nxdomain]}.
     *
     * @return one line of text
     * @since 1.0
     */
    String syntax();

    /**
     * Takes what the server offers: settings, metrics, a log. Called once before the first line is read, whether or not
     * there is one. It should not block.
     *
     * @param context what the server offers
     * @throws SettingsException if the plugin's settings are wrong
     * @since 1.0
     */
    default void start(PluginContext context) throws SettingsException {}

    /**
     * Reads the arguments of one rule line; everything that can be checked or prepared belongs here and not into
     * {@link Rule#apply}. Called once for each line with this verb, at each start and each reload. Around a reload the
     * rules, and the rule types, of two configurations are alive at once.
     *
     * @param text the line; the cursor stands behind the subject, conditions are not part of it
     * @return the rule
     * @throws RuleSyntaxException if the arguments cannot be understood; the server then shows the line, a caret and
     *     the message, and does not start
     * @since 1.0
     */
    Rule compile(RuleText text) throws RuleSyntaxException;

    /**
     * Whether every rule of this verb ends the rules for each query that it concerns: it never lets the next rule decide
     * and never goes on under another name. {@code sentry check} then finds the rules behind it that nothing can reach.
     *
     * @return false if not, or if that depends on the query
     * @since 1.0
     */
    default boolean alwaysDecides() {
        return false;
    }

    /**
     * Whether the rules of this verb keep clients from names, by an answer of their own or by none. Then another answer that leads
     * to such a name is not given either ({@code inspect_answers}), a pause of all blocking passes these rules over, and what they
     * keep from clients counts as blocked. The verb {@code allow} takes names out of {@code block} only; another verb may look at its own exceptions.
     *
     * @return false unless overridden
     * @since 1.2
     */
    default boolean blocks() {
        return false;
    }

    /**
     * Whether the server holds the rules of this verb, and their filters, to {@code rule_budget}: a call that takes longer
     * is interrupted and given up, and the query goes on without it. That costs a hand-over between two threads for each
     * call. Only a verb whose rules surely end by themselves should say no.
     *
     * @return true unless overridden
     * @since 1.0
     */
    default boolean timed() {
        return true;
    }
}
