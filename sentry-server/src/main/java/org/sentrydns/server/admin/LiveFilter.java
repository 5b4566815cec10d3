package org.sentrydns.server.admin;

import java.util.Locale;
import java.util.Optional;
import org.sentrydns.server.config.AddressBlock;
import org.sentrydns.server.observe.QueryEvent;
import org.xbill.DNS.Type;

/**
 * Which queries a reader wants to see. Immutable.
 *
 * @param name a part of the name, in lower case
 * @param client an address or block
 * @param type a record type
 * @param verb the verb of the rule that decided
 */
record LiveFilter(Optional<String> name, Optional<AddressBlock> client, Optional<Integer> type, Optional<String> verb) {

    /** @throws Call.BadCallException if a value is none */
    static LiveFilter of(Call call) {
        Optional<AddressBlock> client = call.text("client")
                .map(text -> AddressBlock.parse(text)
                        .orElseThrow(() -> new Call.BadCallException(
                                "'" + text + "' is no client: expected an address or a block such as 10.0.0.0/8")));
        Optional<Integer> type = call.text("type").map(text -> {
            int number = Type.value(text.toUpperCase(Locale.ROOT), true);
            if (number < 0) {
                throw new Call.BadCallException("'" + text + "' is no record type");
            }
            return number;
        });
        return new LiveFilter(
                call.text("name").map(text -> text.toLowerCase(Locale.ROOT)), client, type, call.text("verb"));
    }

    /** The cheap things first: this runs on the query's thread. */
    boolean wants(QueryEvent event) {
        return (type.isEmpty() || type.get() == event.query().type())
                && (verb.isEmpty() || verb.get().equals(event.verb()))
                && (client.isEmpty()
                        || client.get().contains(event.asker().client().getAddress()))
                && (name.isEmpty() || event.name().toLowerCase(Locale.ROOT).contains(name.get()));
    }
}
