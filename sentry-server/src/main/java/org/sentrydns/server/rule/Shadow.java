package org.sentrydns.server.rule;

import org.sentrydns.api.Outcome;
import org.sentrydns.server.log.Muted;
import org.sentrydns.server.plugin.Fatal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rules that are in shadow: each is tried, counted and told of in the log, and then the next one decides. */
final class Shadow {
    private Shadow() {}

    /** What the rule itself says to the log is not heard: it would say that it did it. */
    static Outcome cast(CompiledRule rule, Inquiry inquiry, Subject.Match match) {
        rule.countHit();
        String deed = deed(rule, inquiry, match);
        Logger log = LoggerFactory.getLogger("sentry.rules." + rule.verb());
        if (log.isInfoEnabled()) {
            log.info(
                    "would have {} query: {} ({}) matched by rule: {} with context: {}",
                    done(rule.verb()),
                    inquiry.dotted(),
                    deed,
                    rule.subjectText(),
                    new MatchedQuery(inquiry, match, true).context());
        }
        return Outcome.pass();
    }

    /** A rule that fails in shadow does nobody any harm. */
    private static String deed(CompiledRule rule, Inquiry inquiry, Subject.Match match) {
        try {
            return Muted.run(() -> Deed.of(rule.apply(inquiry, match, false)));
        } catch (Throwable e) {
            Fatal.rethrow(e);
            return "it fails: " + e;
        }
    }

    private static String done(String verb) {
        return switch (verb) {
            case "log" -> "logged";
            case "rewrite" -> "rewritten";
            case "block", "redirect", "answer" -> verb + "ed";
            case "resolve" -> "resolved";
            default -> "applied '" + verb + "' to";
        };
    }
}
