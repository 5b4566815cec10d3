package org.sentrydns.server.admin;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.sentrydns.server.rule.Explanation;
import org.sentrydns.server.rule.ExplanationTree;
import org.sentrydns.server.rule.Inquiry;
import org.sentrydns.server.rule.Question;

/**
 * Explain, reload, and flush. Thread-safe.
 *
 * @param rules asks the rules that decide now
 * @param steering reloads and flushes
 */
record SteeringApi(Function<Inquiry, Explanation> rules, Steering steering) {

    List<Route> routes() {
        return List.of(
                Route.show("/api/explain", this::explain, "name", "type", "from", "transport"),
                Route.change("/api/reload", this::reload),
                Route.change("/api/cache/flush", call -> call.json(Map.of("forgotten", steering.flushCache()))));
    }

    private void explain(Call call) throws IOException {
        String name = call.text("name").orElseThrow(() -> new Call.BadCallException("expected 'name'"));
        try {
            Question question = new Question(
                    Question.name(name),
                    Question.type(call.text("type").orElse("A")),
                    Question.client(call.text("from").orElse("127.0.0.1")),
                    Question.transport(call.text("transport").orElse("udp")),
                    Optional.empty());
            call.json(ExplanationTree.of(rules.apply(question.inquiry())));
        } catch (IllegalArgumentException e) {
            throw new Call.BadCallException(String.valueOf(e.getMessage()));
        }
    }

    private void reload(Call call) throws IOException {
        Map<String, Object> result = steering.reload();
        call.json(Boolean.TRUE.equals(result.get("reloaded")) ? 200 : 409, result);
    }
}
