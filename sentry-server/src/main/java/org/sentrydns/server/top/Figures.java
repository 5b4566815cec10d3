package org.sentrydns.server.top;

import com.fasterxml.jackson.databind.JsonNode;

/** What the server says at one moment, as it says it. Immutable. */
record Figures(JsonNode statistics, JsonNode history, JsonNode top, JsonNode upstreams, JsonNode rules) {}
