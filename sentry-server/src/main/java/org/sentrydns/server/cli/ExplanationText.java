package org.sentrydns.server.cli;

import java.io.PrintStream;
import java.util.Optional;
import org.sentrydns.api.ListEntry;
import org.sentrydns.api.Outcome;
import org.sentrydns.server.rule.Deed;
import org.sentrydns.server.rule.Explanation;
import org.sentrydns.server.rule.Question;
import org.sentrydns.server.rule.Verdict;

/** Writes an explanation for people, a line a rule. Confined to one thread. */
final class ExplanationText {
    private static final int WIDEST = 60;

    private final PrintStream out;
    private final boolean coloured;

    ExplanationText(PrintStream out, boolean coloured) {
        this.out = out;
        this.coloured = coloured;
    }

    private enum Colour {
        FAINT("2"),
        PLAIN("0"),
        BLUE("36"),
        GREEN("32"),
        YELLOW("33"),
        RED("31");

        private final String code;

        Colour(String code) {
            this.code = code;
        }
    }

    void print(Explanation explanation, Question asked) {
        out.println(asked);
        out.println();
        int width = explanation.steps().stream()
                .mapToInt(step -> step.rule().source().text().length())
                .max()
                .orElse(0);
        for (Explanation.Step step : explanation.steps()) {
            print(step, Math.min(width, WIDEST));
        }
        out.println(explanation.steps().isEmpty() ? "there are no rules" : "");
        Verdict verdict = explanation.verdict();
        out.println(verdict.decider()
                .map(rule -> "decided by " + rule + ": " + Deed.of(verdict))
                .orElse("no rule decides: REFUSED"));
    }

    private void print(Explanation.Step step, int width) {
        String line = String.format(
                "%3d  %-" + Math.max(1, width) + "s  %s",
                step.number(),
                step.rule().source().text(),
                words(step.part()));
        out.println(coloured ? "\u001b[" + colour(step.part()).code + "m" + line + "\u001b[0m" : line);
    }

    private static String words(Explanation.Part part) {
        return switch (part) {
            case Explanation.OtherName other -> "- the name does not match";
            case Explanation.OtherCondition other -> "- not so: " + other.condition();
            case Explanation.Applied applied -> "* " + Deed.of(applied.outcome()) + because(applied.entry());
            case Explanation.InShadow shadow ->
                "~ in shadow, would have: " + Deed.of(shadow.outcome()) + because(shadow.entry());
            case Explanation.Failing failing -> "! fails: " + failing.cause();
            case Explanation.Paused paused -> "- is paused";
            case Explanation.VerbPassedOver passedOver -> ". an earlier rule has the verb passed over";
            case Explanation.PassedOver passedOver -> ". an earlier rule has decided";
        };
    }

    private static String because(Optional<ListEntry> entry) {
        return entry.map(e -> ", by line " + e.line() + " of the list " + e.list())
                .orElse("");
    }

    private static Colour colour(Explanation.Part part) {
        return switch (part) {
            case Explanation.OtherName other -> Colour.PLAIN;
            case Explanation.OtherCondition other -> Colour.PLAIN;
            case Explanation.Applied applied ->
                applied.outcome() instanceof Outcome.Pass || applied.outcome() instanceof Outcome.Rewrite
                        ? Colour.BLUE
                        : Colour.GREEN;
            case Explanation.InShadow shadow -> Colour.YELLOW;
            case Explanation.Failing failing -> Colour.RED;
            case Explanation.Paused paused -> Colour.YELLOW;
            case Explanation.VerbPassedOver passedOver -> Colour.FAINT;
            case Explanation.PassedOver passedOver -> Colour.FAINT;
        };
    }
}
