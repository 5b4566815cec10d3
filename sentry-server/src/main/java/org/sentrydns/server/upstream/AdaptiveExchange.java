package org.sentrydns.server.upstream;

import java.io.IOException;
import org.sentrydns.server.wire.Header;
import org.sentrydns.server.wire.UpstreamQuery;
import org.xbill.DNS.Rcode;

/**
 * Dresses the question for the wire: in random letters' case if that is wanted, padded where it is encrypted, and once
 * more without EDNS for an upstream that does not know it (RFC 6891 section 7). Thread-safe.
 */
final class AdaptiveExchange implements Exchange {
    private final Exchange exchange;
    private final QueryIds random;
    private final boolean randomCase;
    private final boolean padded;

    AdaptiveExchange(Exchange exchange, QueryIds random, boolean randomCase, boolean padded) {
        this.exchange = exchange;
        this.random = random;
        this.randomCase = randomCase;
        this.padded = padded;
    }

    @Override
    public byte[] ask(UpstreamQuery query, long deadline, TargetHealth health)
            throws IOException, InterruptedException {
        UpstreamQuery dressed = randomCase ? query.inRandomCase(random::next) : query;
        if (padded) {
            dressed = dressed.padded();
        }
        byte[] reply = exchange.ask(dressed, deadline, health);
        return dressed.hasEdns() && isUnawareOfEdns(reply)
                ? exchange.ask(dressed.withoutEdns(), deadline, health)
                : reply;
    }

    private static boolean isUnawareOfEdns(byte[] reply) {
        return switch (Header.rcode(reply)) {
            // What has an answer is not looked through for the upper bits of its code.
            case Rcode.NOERROR -> Header.count(reply, 1) == 0 && UpstreamQuery.extendedRcode(reply) == Rcode.BADVERS;
            // It may bring the query's OPT back: some servers only turn a few bits of what they do not understand.
            case Rcode.FORMERR -> true;
            case Rcode.NOTIMP -> Header.count(reply, 3) == 0;
            default -> false;
        };
    }

    @Override
    public void close() {
        exchange.close();
    }
}
