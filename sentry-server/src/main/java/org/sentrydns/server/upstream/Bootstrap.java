package org.sentrydns.server.upstream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.sentrydns.api.Policy;
import org.sentrydns.server.loop.DatagramPort;
import org.sentrydns.server.wire.UpstreamQuery;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Finds the addresses of upstreams that are named: IPv4 first, as all know that, and IPv6 where no way leads to those.
 * Thread-safe.
 *
 * @param isRoutable whether this machine has a way to an address, as far as it knows without sending anything
 */
record Bootstrap(Supplier<List<Target>> targets, long timeoutNanos, Predicate<InetAddress> isRoutable)
        implements BootstrapNames.Lookup {
    private static final int ANY_PORT = 853;

    Bootstrap(Supplier<List<Target>> targets, long timeoutNanos) {
        this(targets, timeoutNanos, Bootstrap::hasRoute);
    }

    /** Those that can be reached come first: who dials only one takes that. */
    @Override
    public List<InetAddress> addresses(String name) throws UnknownHostException {
        long now = System.nanoTime();
        List<InetAddress> reached = new ArrayList<>();
        List<InetAddress> others = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        part(addresses(name, Type.A, now + timeoutNanos / 2, failures), reached, others);
        if (reached.isEmpty()) {
            part(addresses(name, Type.AAAA, now + timeoutNanos, failures), reached, others);
        }
        reached.addAll(others);
        if (reached.isEmpty()) {
            throw new UnknownHostException("no address known for the upstream " + name
                    + (failures.isEmpty() ? "" : ": " + failures.getFirst() + " ('bootstrap' says whom to ask)"));
        }
        return reached;
    }

    private void part(List<InetAddress> addresses, List<InetAddress> reached, List<InetAddress> others) {
        addresses.forEach(address -> (isRoutable.test(address) ? reached : others).add(address));
    }

    /** A UDP socket that is connected sends nothing, and only asks the kernel for the way. */
    private static boolean hasRoute(InetAddress address) {
        try (DatagramChannel channel = DatagramPort.openChannel(address)) {
            channel.connect(new InetSocketAddress(address, ANY_PORT));
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private List<InetAddress> addresses(String name, int type, long deadline, List<String> failures)
            throws UnknownHostException {
        try {
            UpstreamQuery query =
                    UpstreamQuery.of(Name.fromString(name, Name.root).toWire(), type, DClass.IN);
            List<Target> asked = targets.get();
            UpstreamReply reply = asked.isEmpty()
                    ? new UpstreamReply.Silent("no bootstrap resolver")
                    : Race.run(asked, new Policy.Race(), query, deadline);
            return switch (reply) {
                case UpstreamReply.Replied replied -> read(name, replied.message());
                case UpstreamReply.Stale stale -> read(name, stale.message());
                case UpstreamReply.Silent silent -> {
                    failures.add(silent.reason());
                    yield List.of();
                }
            };
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
