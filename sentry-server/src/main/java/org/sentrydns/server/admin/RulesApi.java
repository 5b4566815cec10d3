package org.sentrydns.server.admin;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.sentrydns.server.rule.CompiledRule;
import org.sentrydns.server.rule.Pauses;
import org.sentrydns.server.rule.RuleBook;
import org.sentrydns.server.rule.RuleFigures;

/**
 * The rules, their figures and their pauses. Thread-safe.
 *
 * @param rules the rules that decide now
 */
record RulesApi(Supplier<RuleBook> rules) {
    private static final int MOST = 1000;
    private static final int DAY = 1440;

    List<Route> routes() {
        return List.of(
                Route.show("/api/rules", this::all, "offset", "limit"),
                Route.show("/api/rules/{number}", this::one),
                Route.change("/api/rules/{number}/pause", this::pause, "minutes", "text"),
                Route.change("/api/rules/{number}/resume", this::resume, "text"),
                Route.show("/api/blocking", this::blocking),
                Route.change("/api/blocking/pause", this::pauseBlocking, "minutes"),
                Route.change("/api/blocking/resume", call -> {
                    pauses().resumeBlocking();
                    blocking(call);
                }));
    }

    private void pauseBlocking(Call call) throws IOException {
        pauses().pauseBlocking(minutes(call));
        blocking(call);
    }

    private Pauses pauses() {
        return rules.get().pauses();
    }

    private void all(Call call) throws IOException {
        RuleBook book = rules.get();
        int offset = call.number("offset", 0, Integer.MAX_VALUE, 0);
        int limit = call.number("limit", 1, MOST, MOST);
        List<Object> shown = new ArrayList<>();
        for (int number = offset + 1; number <= book.size() && shown.size() < limit; number++) {
            shown.add(tree(book, number));
        }
        call.json(Map.of("total", book.size(), "rules", shown));
    }

    private void one(Call call) throws IOException {
        RuleBook book = rules.get();
        call.json(tree(book, number(call, book)));
    }

    private static int number(Call call, RuleBook book) {
        if (book.size() == 0) {
            throw new Call.BadCallException("there are no rules");
        }
        return call.number("number", 1, book.size(), 1);
    }

    private static Duration minutes(Call call) {
        return Duration.ofMinutes(call.number("minutes", 1, DAY, 5));
    }

    private void pause(Call call) throws IOException {
        RuleBook book = rules.get();
        int number = number(call, book);
        CompiledRule rule = book.rules().get(number - 1);
        if (isMeant(call, number, rule)) {
            book.pauses().pause(rule, minutes(call));
            call.json(tree(book, number));
        }
    }

    /** Whether it is the rule that the caller saw, if that is said: a reload gives others the numbers. Complains if not. */
    private static boolean isMeant(Call call, int number, CompiledRule rule) throws IOException {
        String now = rule.source().text();
        if (call.text("text").filter(text -> !text.equals(now)).isEmpty()) {
            return true;
        }
        call.problem(409, "the rules have changed: rule " + number + " is '" + now + "' now");
        return false;
    }

    private void resume(Call call) throws IOException {
        RuleBook book = rules.get();
        int number = number(call, book);
        CompiledRule rule = book.rules().get(number - 1);
        if (!isMeant(call, number, rule)) {
            return;
        }
        book.pauses().resume(rule);
        if (book.pauses().left(rule).isPresent()) {
            call.problem(409, "all blocking is paused, and this rule with it: resume that");
            return;
        }
        call.json(tree(book, number));
    }

    private void blocking(Call call) throws IOException {
        call.json(Map.of("paused_seconds", seconds(pauses().blockingLeft())));
    }

    /** What is left, so that 0 means not paused. */
    static long seconds(Optional<Duration> left) {
        return left.map(l -> Math.ceilDiv(l.toMillis(), 1000)).orElse(0L);
    }

    private static Map<String, Object> tree(RuleBook book, int number) {
        CompiledRule rule = book.rules().get(number - 1);
        Optional<RuleFigures> figures = rule.figures();
        long hits = figures.map(RuleFigures::hits).orElse(0L);
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("number", number);
        tree.put("place", rule.source().place());
        tree.put("text", rule.source().text());
        tree.put("verb", rule.verb());
        tree.put("hits", hits);
        tree.put("errors", figures.map(RuleFigures::errors).orElse(0L));
        tree.put("expression_stopped", figures.map(RuleFigures::timesStopped).orElse(0L));
        tree.put("passed_over", figures.map(RuleFigures::timesPassedOver).orElse(0L));
        tree.put("nanoseconds", figures.map(RuleFigures::nanos).orElse(0L));
        if (hits > 0) {
            tree.put("last_hit", figures.map(f -> f.lastHit().toString()).orElse(""));
        }
        tree.put("paused_seconds", seconds(book.pauses().left(rule)));
        return tree;
    }
}
