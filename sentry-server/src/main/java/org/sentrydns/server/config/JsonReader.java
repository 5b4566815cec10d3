package org.sentrydns.server.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON with comments and trailing commas into values that know their places. Confined to one thread. */
final class JsonReader {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_TRAILING_COMMA)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private final JsonParser parser;

    private JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    static JsonValue read(SourceText source, Problems problems) throws InvalidConfigException {
        try (JsonParser parser = JSON.createParser(source.text())) {
            JsonReader reader = new JsonReader(parser);
            parser.nextToken();
            if (parser.currentToken() == null) {
                problems.add(source.problem(0, "the file is empty: expected {"));
            } else {
                JsonValue value = reader.value();
                if (parser.nextToken() != null) {
                    problems.add(source.problem(reader.offset(), "expected the end of the file"));
                }
                problems.throwIfAny();
                return value;
            }
        } catch (JsonProcessingException e) {
            int offset = e.getLocation() == null ? 0 : (int) e.getLocation().getCharOffset();
            problems.add(source.problem(Math.max(0, offset), "not valid JSON: " + message(e)));
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
        problems.throwIfAny();
        throw new AssertionError("a problem was added on every other way");
    }

    /** Jackson names places in its own way; people get ours. */
    private static String message(JsonProcessingException e) {
        String message = e.getOriginalMessage().replaceAll(" \\(start marker at \\[.*]\\)", "");
        return message.startsWith("Unrecognized character escape")
                ? message + "; in JSON a backslash is written twice, as in \\\\."
                : message;
    }

    private JsonValue value() throws IOException {
        int offset = offset();
        return switch (parser.currentToken()) {
            case START_OBJECT -> members(offset);
            case START_ARRAY -> array(offset);
            case VALUE_STRING -> new JsonValue.Text(offset, parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonValue.Numeric(offset, number());
            case VALUE_TRUE -> new JsonValue.Bool(offset, true);
            case VALUE_FALSE -> new JsonValue.Bool(offset, false);
            case VALUE_NULL -> new JsonValue.Null(offset);
            case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new IllegalStateException("no value starts with " + parser.currentToken());
        };
    }

    private BigDecimal number() throws IOException {
        try {
            return parser.getDecimalValue();
        } catch (NumberFormatException e) {
            throw new JsonParseException(parser, "a number beyond all bounds", parser.currentTokenLocation(), e);
        }
    }

    private JsonValue members(int offset) throws IOException {
        Map<String, JsonValue> values = new LinkedHashMap<>();
        Map<String, Integer> keys = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            keys.put(key, offset());
            parser.nextToken();
            values.put(key, value());
        }
        return new JsonValue.Members(offset, values, keys);
    }

    private JsonValue array(int offset) throws IOException {
        List<JsonValue> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(value());
        }
        return new JsonValue.Array(offset, List.copyOf(values));
    }

    private int offset() {
        return (int) parser.currentTokenLocation().getCharOffset();
    }
}
