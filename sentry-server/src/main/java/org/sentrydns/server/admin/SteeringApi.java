package org.sentrydns.server.admin;

import java.io.IOException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.sentrydns.api.Transport;
import org.sentrydns.server.rule.ExplanationTree;
import org.sentrydns.server.rule.Question;
import org.sentrydns.server.rule.RuleBook;
import org.xbill.DNS.Address;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Explain and reload. Thread-safe.
 *
 * @param rules the rules that decide now
 * @param steering reloads
 */
record SteeringApi(Supplier<RuleBook> rules, Steering steering) {

    List<Route> routes() {
        return List.of(Route.show("/api/explain", this::explain), Route.change("/api/reload", this::reload));
    }

    private void explain(Call call) throws IOException {
        String name = call.text("name").orElseThrow(() -> new Call.BadCallException("expected 'name'"));
        String type = call.text("type").orElse("A").toUpperCase(Locale.ROOT);
        int number = Type.value(type, true);
        if (number < 0) {
            throw new Call.BadCallException("'" + type + "' is no record type: expected one such as A or TYPE65");
        }
        String from = call.text("from").orElse("127.0.0.1");
        try {
            Question question = new Question(
                    Name.fromString(name, Name.root),
                    number,
                    Address.getByAddress(from),
                    Transport.UDP,
                    Optional.empty());
            call.json(ExplanationTree.of(rules.get().explain(question.inquiry())));
        } catch (TextParseException e) {
            throw new Call.BadCallException("'" + name + "' is no name: " + e.getMessage());
        } catch (UnknownHostException e) {
            throw new Call.BadCallException("'" + from + "' is no IP address");
        }
    }

    private void reload(Call call) throws IOException {
        Map<String, Object> result = steering.reload();
        call.json(Boolean.TRUE.equals(result.get("reloaded")) ? 200 : 409, result);
    }
}
