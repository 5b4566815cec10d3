package org.sentrydns.plugin.limit;

import java.util.function.LongSupplier;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.Reply;
import org.sentrydns.api.Rule;
import org.sentrydns.api.RuleSyntaxException;
import org.sentrydns.api.RuleText;
import org.sentrydns.api.RuleType;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Rcode;

/** Immutable. {@code limit S to N per second per client [burst M] [with drop]}. */
public final class LimitRuleType implements RuleType {
    private static final int MOST = 1_000_000;

    private final LongSupplier nanoTime;

    /** For {@link java.util.ServiceLoader}. */
    public LimitRuleType() {
        this(System::nanoTime);
    }

    LimitRuleType(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public String verb() {
        return "limit";
    }

    @Override
    public String syntax() {
        return "limit S to N per second per client [burst M] [with refused|drop]";
    }

    @Override
    public boolean timed() {
        return false;
    }

    @Override
    public Rule compile(RuleText text) throws RuleSyntaxException {
        text.keyword("to");
        int rate = number(text, "how many queries");
        for (String word : new String[] {"per", "second", "per", "client"}) {
            text.keyword(word);
        }
        int burst = text.accept("burst") ? number(text, "how many queries at once") : rate;
        boolean drop = text.accept("with") && text.oneOf("refused", "drop").equals("drop");
        text.end();
        Outcome refusal = drop ? Outcome.drop() : Outcome.answer(refused(rate));
        return new LimitRule(new ClientRates(rate, burst, nanoTime), refusal);
    }

    private static Reply refused(int rate) {
        return Reply.failure(Rcode.REFUSED)
                .withExtendedError(
                        ExtendedErrorCodeOption.PROHIBITED,
                        "more than " + rate + " queries per second from this client");
    }

    private static int number(RuleText text, String what) throws RuleSyntaxException {
        String word = text.word(what);
        int number = word.matches("[0-9]{1,7}") ? Integer.parseInt(word) : 0;
        if (number < 1 || number > MOST) {
            throw text.error("expected " + what + ", from 1 to " + MOST);
        }
        return number;
    }
}
