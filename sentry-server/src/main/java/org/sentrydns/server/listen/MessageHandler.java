package org.sentrydns.server.listen;

import org.jspecify.annotations.Nullable;
import org.sentrydns.server.rule.Asker;

/** Makes replies. Thread-safe. */
@FunctionalInterface
public interface MessageHandler {

    /**
     * Handles one message.
     *
     * @param message exactly the message
     * @param asker who sent it, and how
     * @return the reply, or null if there must be none
     */
    byte @Nullable [] handle(byte[] message, Asker asker);
}
