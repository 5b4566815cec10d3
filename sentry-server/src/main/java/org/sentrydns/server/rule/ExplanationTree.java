package org.sentrydns.server.rule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sentrydns.api.AddressText;
import org.sentrydns.api.ListEntry;
import org.sentrydns.api.Outcome;
import org.xbill.DNS.Type;

/** An explanation for programs: maps, lists, strings and numbers. */
public final class ExplanationTree {
    private ExplanationTree() {}

    /** In the order in which it should be written. */
    public static Map<String, Object> of(Explanation explanation) {
        Map<String, Object> tree = new LinkedHashMap<>();
        Inquiry asked = explanation.asked();
        tree.put("name", asked.dotted());
        tree.put("type", Type.string(asked.type()));
        tree.put("client", AddressText.of(asked.asker().client().getAddress()));
        tree.put("transport", asked.asker().transport().name().toLowerCase(java.util.Locale.ROOT));
        List<Map<String, Object>> steps = new ArrayList<>();
        explanation.steps().forEach(step -> steps.add(of(step)));
        tree.put("rules", steps);
        Verdict verdict = explanation.verdict();
        Map<String, Object> decision = new LinkedHashMap<>();
        decision.put("verb", verdict.decider().map(CompiledRule::verb).orElse("none"));
        verdict.decider().ifPresent(rule -> decision.put("rule", 1 + number(explanation, rule)));
        decision.put("name", verdict.inquiry().dotted());
        decision.put("does", Deed.of(verdict));
        if (verdict instanceof Verdict.Forward forward) {
            decision.put("upstreams", upstreams(forward.forward()));
        }
        tree.put("decision", decision);
        tree.put("notes", explanation.notes());
        return tree;
    }

    private static int number(Explanation explanation, CompiledRule rule) {
        return explanation.steps().stream().map(Explanation.Step::rule).toList().indexOf(rule);
    }

    private static Map<String, Object> of(Explanation.Step step) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("number", step.number());
        tree.put("rule", step.rule().source().text());
        tree.put("place", step.rule().source().place());
        tree.put("verb", step.rule().verb());
        tree.put("name", step.name());
        switch (step.part()) {
            case Explanation.OtherName other -> tree.put("part", "other-name");
            case Explanation.OtherCondition other -> {
                tree.put("part", "other-condition");
                tree.put("condition", other.condition());
            }
            case Explanation.Applied applied -> put(tree, "applied", applied.outcome(), applied.entry());
            case Explanation.InShadow shadow -> put(tree, "in-shadow", shadow.outcome(), shadow.entry());
            case Explanation.Failing failing -> {
                tree.put("part", "failing");
                tree.put("cause", failing.cause().toString());
            }
            case Explanation.Paused paused -> tree.put("part", "paused");
            case Explanation.VerbPassedOver passedOver -> tree.put("part", "verb-passed-over");
            case Explanation.PassedOver passedOver -> tree.put("part", "passed-over");
        }
        return tree;
    }

    private static void put(Map<String, Object> tree, String part, Outcome outcome, Optional<ListEntry> entry) {
        tree.put("part", part);
        tree.put("does", Deed.of(outcome));
        if (outcome instanceof Outcome.Forward forward) {
            tree.put("upstreams", upstreams(forward));
        }
        entry.ifPresent(found -> {
            tree.put("list", found.list());
            tree.put("line", found.line());
        });
    }

    private static List<String> upstreams(Outcome.Forward forward) {
        return forward.upstreams().stream().map(Object::toString).toList();
    }
}
