package org.sentrydns.server.rule;

import java.io.IOException;
import org.sentrydns.server.wire.QueryMessage;
import org.xbill.DNS.Name;

/** The name of a query's question, as dnsjava has it. */
final class QuestionNames {
    private QuestionNames() {}

    static Name read(QueryMessage message) {
        try {
            return new Name(message.name());
        } catch (IOException e) {
            throw new IllegalStateException("the name was checked when the query was decoded", e);
        }
    }
}
