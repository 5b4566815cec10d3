package org.sentrydns.server.plugin;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.sentrydns.api.Query;
import org.sentrydns.api.Transport;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** A query that nobody looks at. */
record NoQuery() implements Query {
    private static final InetSocketAddress LOCAL = new InetSocketAddress(InetAddress.getLoopbackAddress(), 53);

    @Override
    public Name name() {
        return Name.root;
    }

    @Override
    public Name askedName() {
        return Name.root;
    }

    @Override
    public int type() {
        return Type.A;
    }

    @Override
    public int dnsClass() {
        return DClass.IN;
    }

    @Override
    public InetSocketAddress client() {
        return LOCAL;
    }

    @Override
    public InetSocketAddress server() {
        return LOCAL;
    }

    @Override
    public Transport transport() {
        return Transport.UDP;
    }

    @Override
    public boolean hasEdns() {
        return false;
    }

    @Override
    public Optional<String> group(int number) {
        return Optional.empty();
    }
}
