package org.sentrydns.server.config;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** A JSON value that knows where it stands in its file. Immutable. */
sealed interface JsonValue {

    /** Where the value starts, counted in characters from 0. */
    int offset();

    /** What it is, for messages. */
    String kind();

    record Text(int offset, String value) implements JsonValue {
        @Override
        public String kind() {
            return "a string";
        }
    }

    record Numeric(int offset, BigDecimal value) implements JsonValue {
        @Override
        public String kind() {
            return "a number";
        }
    }

    record Bool(int offset, boolean value) implements JsonValue {
        @Override
        public String kind() {
            return "true or false";
        }
    }

    record Null(int offset) implements JsonValue {
        @Override
        public String kind() {
            return "null";
        }
    }

    record Array(int offset, List<JsonValue> values) implements JsonValue {
        @Override
        public String kind() {
            return "an array";
        }
    }

    /** Members in the order of the file; {@code keys} has the offset of each key. */
    record Members(int offset, Map<String, JsonValue> values, Map<String, Integer> keys) implements JsonValue {
        @Override
        public String kind() {
            return "an object";
        }
    }
}
