package org.sentrydns.server.querylog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import org.sentrydns.api.AddressText;
import org.sentrydns.server.observe.QueryEvent;
import org.sentrydns.server.rule.CompiledRule;

/**
 * A query as one line of JSON. Immutable.
 *
 * @param shortenClients whether the client's address loses its last 8 bits, or in IPv6 its last 72
 */
record JsonLine(boolean shortenClients) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int KEPT_OF_IPV4 = 3;
    private static final int KEPT_OF_IPV6 = 7;

    byte[] of(QueryEvent event) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(line)) {
            write(event, json);
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes all", e);
        }
        return line.toByteArray();
    }

    private void write(QueryEvent event, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("time", event.ended().toString());
        json.writeStringField("client", client(event.asker().client().getAddress()));
        json.writeStringField("transport", event.asker().transport().name().toLowerCase(Locale.ROOT));
        json.writeStringField("name", event.name());
        json.writeStringField("type", event.type());
        json.writeStringField("class", event.dnsClass());
        json.writeStringField("verb", event.verb());
        CompiledRule rule = event.rule();
        if (rule != null) {
            json.writeStringField("rule", rule.source().text());
            json.writeStringField("place", rule.source().place());
        }
        if (!event.finalName().equals(event.name())) {
            json.writeStringField("rewritten_to", event.finalName());
        }
        if (event.from() != null) {
            json.writeStringField("from", event.from());
        }
        json.writeStringField("rcode", event.rcode());
        byte[] reply = event.reply();
        json.writeNumberField("bytes", reply == null ? 0 : reply.length);
        json.writeNumberField("milliseconds", Math.round(event.millis() * 1000) / 1000.0);
        json.writeEndObject();
        json.writeRaw('\n');
    }

    private String client(InetAddress address) {
        if (!shortenClients) {
            return AddressText.of(address);
        }
        byte[] bytes = address.getAddress();
        int kept = bytes.length == 4 ? KEPT_OF_IPV4 : KEPT_OF_IPV6;
        for (int i = kept; i < bytes.length; i++) {
            bytes[i] = 0;
        }
        try {
            return AddressText.of(InetAddress.getByAddress(bytes)) + "/" + 8 * kept;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }
}
