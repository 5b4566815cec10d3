package example.soundex;

import org.sentrydns.api.Outcome;
import org.sentrydns.api.Reply;
import org.sentrydns.api.Rule;
import org.sentrydns.api.RuleSyntaxException;
import org.sentrydns.api.RuleText;
import org.sentrydns.api.RuleType;
import org.xbill.DNS.Rcode;

/** {@code soundex S like WORD}: refuses names that sound like a word. */
public final class Soundex implements RuleType {
    private static final org.apache.commons.codec.language.Soundex CODE =
            org.apache.commons.codec.language.Soundex.US_ENGLISH;

    @Override
    public String verb() {
        return "soundex";
    }

    @Override
    public String syntax() {
        return "soundex S like WORD";
    }

    @Override
    public Rule compile(RuleText text) throws RuleSyntaxException {
        text.keyword("like");
        String code = CODE.soundex(text.word("a word"));
        text.end();
        Outcome refusal = Outcome.answer(Reply.failure(Rcode.NXDOMAIN));
        return query -> CODE.soundex(query.name().getLabelString(0).replaceAll("[^A-Za-z]", "")).equals(code)
                ? refusal
                : Outcome.pass();
    }
}
