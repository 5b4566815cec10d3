package org.sentrydns.server.rule;

import org.sentrydns.api.Outcome;
import org.sentrydns.api.Rule;
import org.sentrydns.api.RuleSyntaxException;
import org.sentrydns.api.RuleText;
import org.sentrydns.api.RuleType;

/** A verb that a test makes up. */
public record FakeVerb(String verb, Compiling compiling) implements RuleType {

    /** Reads a line's arguments. */
    @FunctionalInterface
    public interface Compiling {
        Rule compile(RuleText text) throws RuleSyntaxException;
    }

    /** A verb without arguments. */
    public static FakeVerb plain(String verb, Rule rule) {
        return new FakeVerb(verb, text -> {
            text.end();
            return rule;
        });
    }

    /** {@code rename S to NAME}. */
    public static FakeVerb rename() {
        return new FakeVerb("rename", text -> {
            text.keyword("to");
            Outcome outcome = Outcome.rewrite(text.name("a name"));
            text.end();
            return query -> outcome;
        });
    }

    @Override
    public String syntax() {
        return verb + " S";
    }

    /** Verbs that begin so keep clients from names. */
    @Override
    public boolean blocks() {
        return verb.startsWith("block");
    }

    @Override
    public Rule compile(RuleText text) throws RuleSyntaxException {
        return compiling.compile(text);
    }
}
