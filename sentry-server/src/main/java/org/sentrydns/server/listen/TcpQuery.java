package org.sentrydns.server.listen;

import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.rule.Asker;

/** A query that came by TCP. Its message is let go of once it was taken: a reply may wait for long until it is read. */
final class TcpQuery implements Runnable {
    private final Asker asker;
    private final int length;
    private final Consumer<TcpQuery> answering;
    private byte @Nullable [] message;

    TcpQuery(byte[] message, Asker asker, Consumer<TcpQuery> answering) {
        this.message = message;
        this.length = message.length;
        this.asker = asker;
        this.answering = answering;
    }

    @Override
    public void run() {
        answering.accept(this);
    }

    Asker asker() {
        return asker;
    }

    /** That of the message, in bytes. */
    int length() {
        return length;
    }

    /** The message; once. */
    byte[] take() {
        byte[] taken = Objects.requireNonNull(message);
        message = null;
        return taken;
    }
}
