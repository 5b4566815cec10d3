package org.sentrydns.server.upstream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.sentrydns.api.Policy;
import org.sentrydns.server.wire.UpstreamQuery;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Finds the addresses of upstreams that are named. Thread-safe. */
record Bootstrap(Supplier<List<Target>> targets, long timeoutNanos) implements BootstrapNames.Lookup {

    @Override
    public List<InetAddress> addresses(String name) throws UnknownHostException {
        long now = System.nanoTime();
        List<InetAddress> addresses = addresses(name, Type.A, now + timeoutNanos / 2);
        if (addresses.isEmpty()) {
            addresses = addresses(name, Type.AAAA, now + timeoutNanos);
        }
        if (addresses.isEmpty()) {
            throw new UnknownHostException("no address known for the upstream " + name);
        }
        return addresses;
    }

    private List<InetAddress> addresses(String name, int type, long deadline) throws UnknownHostException {
        try {
            UpstreamQuery query =
                    UpstreamQuery.of(Name.fromString(name, Name.root).toWire(), type, DClass.IN);
            List<Target> asked = targets.get();
            UpstreamReply reply = asked.isEmpty()
                    ? new UpstreamReply.Silent("no bootstrap resolver")
                    : Race.run(asked, new Policy.Race(), query, deadline);
            return reply instanceof UpstreamReply.Replied replied ? read(name, replied.message()) : List.of();
        } catch (IOException e) {
            throw (UnknownHostException)
                    new UnknownHostException("the upstream " + name + ": " + e.getMessage()).initCause(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException("looking for the upstream " + name + " was interrupted");
        }
    }

    private static List<InetAddress> read(String name, byte[] reply) throws IOException {
        List<InetAddress> addresses = new ArrayList<>();
        for (Record record : new Message(reply).getSection(Section.ANSWER)) {
            if (record instanceof ARecord a) {
                addresses.add(InetAddress.getByAddress(name, a.getAddress().getAddress()));
            } else if (record instanceof AAAARecord aaaa) {
                addresses.add(InetAddress.getByAddress(name, aaaa.getAddress().getAddress()));
            }
        }
        return addresses;
    }
}
