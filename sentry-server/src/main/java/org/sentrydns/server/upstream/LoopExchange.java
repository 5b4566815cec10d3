package org.sentrydns.server.upstream;

import java.io.IOException;
import org.sentrydns.server.wire.UpstreamQuery;

/** An upstream that is this server itself: asking it would never end. Immutable. */
final class LoopExchange implements Exchange {
    @Override
    public byte[] ask(UpstreamQuery query, long deadline, TargetHealth health) throws IOException {
        throw new IOException("that is this server itself");
    }
}
