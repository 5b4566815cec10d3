package org.sentrydns.server.querylog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * What a line of a query log says about the question. Immutable; what is not there has its usual value.
 *
 * @param name the name, {@code ""} if there is none
 * @param type the type, {@code A} if there is none
 * @param dnsClass the class, {@code IN} if there is none
 * @param client who asked, {@code 127.0.0.1} if that is not there; the first address of a network that stands for a client
 * @param transport {@code udp} or {@code tcp}, {@code udp} if there is none
 * @param time when, as it is written; {@code ""} if it is not there
 */
public record LoggedQuery(String name, String type, String dnsClass, String client, String transport, String time) {
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * Reads a line that {@link JsonLine} may have written.
     *
     * @throws IllegalArgumentException if it is not JSON
     */
    public static LoggedQuery parse(String line) {
        try {
            JsonNode json = JSON.readTree(line);
            return new LoggedQuery(
                    json.path("name").asText(""),
                    json.path("type").asText("A"),
                    json.path("class").asText("IN"),
                    json.path("client").asText("127.0.0.1").replaceFirst("/[0-9]{1,3}$", ""),
                    json.path("transport").asText("udp"),
                    json.path("time").asText(""));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is not JSON", e);
        }
    }
}
