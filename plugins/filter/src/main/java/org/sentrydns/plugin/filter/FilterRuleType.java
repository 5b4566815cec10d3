package org.sentrydns.plugin.filter;

import java.util.LinkedHashSet;
import java.util.Set;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Rule;
import org.sentrydns.api.RuleSyntaxException;
import org.sentrydns.api.RuleText;
import org.sentrydns.api.RuleType;
import org.xbill.DNS.Type;

/** Immutable. {@code filter S without TYPE[, TYPE…]}: these records are taken out of the reply. */
public final class FilterRuleType implements RuleType {

    /** For {@link java.util.ServiceLoader}. */
    public FilterRuleType() {}

    @Override
    public String verb() {
        return "filter";
    }

    @Override
    public String syntax() {
        return "filter S without TYPE[, TYPE…]";
    }

    @Override
    public boolean timed() {
        return false;
    }

    @Override
    public Rule compile(RuleText text) throws RuleSyntaxException {
        text.keyword("without");
        Set<Integer> types = new LinkedHashSet<>();
        for (String word : text.rest("a record type").split("\\s*,\\s*", -1)) {
            types.add(type(word, text));
        }
        Outcome outcome = Outcome.onReply(new TypeFilter(Set.copyOf(types)));
        return query -> outcome;
    }

    // RFC 6895 section 3.1: 0 and 128 to 255 are for questions and signatures of messages.
    private static int type(String word, RuleText text) throws RuleSyntaxException {
        int type = Type.value(word, true);
        if (type <= 0 || type == Type.OPT || (type >= 128 && type <= 255)) {
            throw text.error("'" + word + "' is no type of records: expected one such as AAAA, or several with commas");
        }
        return type;
    }
}
