package org.sentrydns.plugin.limit;

import org.sentrydns.api.Outcome;
import org.sentrydns.api.Query;
import org.sentrydns.api.Rule;

/**
 * Thread-safe. One {@code limit} line.
 *
 * @param rates how often each client asks
 * @param refusal what becomes of a query that is too much
 */
record LimitRule(ClientRates rates, Outcome refusal) implements Rule {

    @Override
    public Outcome apply(Query query) {
        boolean counts = !query.isRehearsal() || query.isShadow();
        return !counts || rates.take(query.client().getAddress()) ? Outcome.pass() : refusal;
    }
}
