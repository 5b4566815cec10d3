package org.sentrydns.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class OpenApiTest {
    private static final Set<String> IN_PATH = Set.of("path");

    private static JsonNode description() throws IOException {
        return new JsonMapper().readTree(Assets.read("/org/sentrydns/server/admin/openapi.json"));
    }

    @Test
    void description_hasEveryRouteAndNoOther() throws IOException {
        Set<String> described = new TreeSet<>();
        description()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(
                                method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        Set<String> served = new TreeSet<>();
        Shown.routes().forEach(route -> served.add(route.method() + " " + route.path()));

        assertEquals(served, described);
    }

    @Test
    void description_saysWhichCallsAreGuarded() throws IOException {
        JsonNode paths = description().path("paths");
        for (Route route : Shown.routes()) {
            JsonNode operation = paths.path(route.path()).path(route.method().toLowerCase(Locale.ROOT));
            assertEquals(route.access() == Route.Access.GUARDED, operation.has("security"), route.path());
        }
    }

    private static JsonNode parameters(Route route) throws IOException {
        return description()
                .path("paths")
                .path(route.path())
                .path(route.method().toLowerCase(Locale.ROOT))
                .path("parameters");
    }

    /** Others are refused. */
    @Test
    void description_namesTheParametersOfEachCall() throws IOException {
        for (Route route : Shown.routes()) {
            Set<String> described = new TreeSet<>();
            for (JsonNode parameter : parameters(route)) {
                if (parameter.path("in").asText().equals("query")) {
                    described.add(parameter.path("name").asText());
                }
            }
            assertEquals(new TreeSet<>(route.parameters()), described, route.path());
        }
    }

    @Test
    void description_namesTheVariablesOfEachPath() throws IOException {
        for (Route route : Shown.routes()) {
            Set<String> variables = new TreeSet<>();
            for (JsonNode parameter : parameters(route)) {
                if (IN_PATH.contains(parameter.path("in").asText())) {
                    variables.add("{" + parameter.path("name").asText() + "}");
                }
            }
            Set<String> expected = new TreeSet<>();
            for (String part : route.path().split("/", -1)) {
                if (part.startsWith("{")) {
                    expected.add(part);
                }
            }
            assertEquals(expected, variables, route.path());
        }
    }
}
