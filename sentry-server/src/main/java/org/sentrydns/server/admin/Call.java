package org.sentrydns.server.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One call and its answer. Confined to one virtual thread. */
final class Call {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpExchange exchange;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final Set<String> given;

    /**
     * Reads the query string.
     *
     * @param inPath what the path's variables are
     * @throws BadCallException if it is not encoded well
     */
    Call(HttpExchange exchange, Map<String, String> inPath) {
        this.exchange = exchange;
        String query = exchange.getRequestURI().getRawQuery();
        try {
            for (String pair : query == null ? new String[0] : query.split("&", -1)) {
                int equals = pair.indexOf('=');
                parameters.put(
                        decoded(equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        } catch (IllegalArgumentException e) {
            throw new BadCallException("the part behind ? is not encoded well: " + e.getMessage());
        }
        given = Set.copyOf(parameters.keySet());
        parameters.putAll(inPath);
    }

    /** @throws BadCallException if a parameter is none of these: it would be passed over without a word */
    void refuseOthers(Set<String> known) {
        for (String name : given) {
            if (!known.contains(name)) {
                throw new BadCallException("there is no parameter '" + name + "': expected "
                        + (known.isEmpty()
                                ? "none"
                                : String.join(", ", known.stream().sorted().toList())));
            }
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** What the caller did wrong. */
    static final class BadCallException extends RuntimeException {
        private static final long serialVersionUID = 1;

        BadCallException(String message) {
            super(message);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(text -> !text.isEmpty());
    }

    int number(String name, int min, int max, int otherwise) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (text.get().matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(text.get());
            if (number >= min && number <= max) {
                return number;
            }
        }
        throw new BadCallException("expected a number from " + min + " to " + max + " for '" + name + "'");
    }

    HttpExchange exchange() {
        return exchange;
    }

    void json(Object tree) throws IOException {
        json(200, tree);
    }

    void json(int status, Object tree) throws IOException {
        try {
            send(status, "application/json", JSON.writeValueAsBytes(tree));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values can be written", e);
        }
    }

    static String line(Object tree) {
        try {
            return JSON.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values can be written", e);
        }
    }

    void problem(int status, String what) throws IOException {
        json(status, Map.of("problem", what));
    }

    void send(int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
        if (!head && body.length > 0) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }
}
