package org.sentrydns.server.upstream;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.security.Security;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * How this process resolves names: those of upstreams through the bootstrap resolvers, never through Sentry itself; all
 * others as ever. Thread-safe. The JDK makes the one instance, at its first look-up; hence the static register.
 */
public final class BootstrapNames extends InetAddressResolverProvider {
    private static final Map<String, Lookup> UPSTREAMS = new ConcurrentHashMap<>();

    private static volatile boolean installed;

    /** Finds the addresses of one name. */
    @FunctionalInterface
    interface Lookup {
        List<InetAddress> addresses(String name) throws UnknownHostException;
    }

    /** Makes the JDK choose its provider now, while the thread still sees the server's classes. */
    public static void install() {
        // Upstreams' names are remembered here, see KnownAddresses; other names by the system. Read at the first
        // look-up.
        Security.setProperty("networkaddress.cache.ttl", "0");
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
        try {
            InetAddress.getByName("localhost");
        } catch (UnknownHostException e) {
            throw new IllegalStateException("this machine does not know localhost", e);
        }
    }

    /** @throws IllegalStateException if the JDK has taken another provider, through which names would go astray */
    static void register(String name, Lookup lookup) {
        UPSTREAMS.put(name.toLowerCase(Locale.ROOT), lookup);
        install();
        if (!installed) {
            throw new IllegalStateException("another provider of host names is installed: put sentry-server first on "
                    + "the class path, or name upstreams by their addresses");
        }
    }

    /** Forgets a name, unless it was registered again with another look-up since. */
    static void forget(String name, Lookup lookup) {
        UPSTREAMS.remove(name.toLowerCase(Locale.ROOT), lookup);
    }

    @Override
    public InetAddressResolver get(Configuration configuration) {
        installed = true;
        return new Resolver(configuration.builtinResolver());
    }

    @Override
    public String name() {
        return "Sentry's bootstrap";
    }

    private record Resolver(InetAddressResolver builtin) implements InetAddressResolver {
        @Override
        public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
            Lookup lookup = UPSTREAMS.get(host.toLowerCase(Locale.ROOT));
            return lookup == null ? builtin.lookupByName(host, policy) : lookup.addresses(host).stream();
        }

        @Override
        public String lookupByAddress(byte[] address) throws UnknownHostException {
            return builtin.lookupByAddress(address);
        }
    }
}
