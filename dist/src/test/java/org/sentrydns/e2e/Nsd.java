package org.sentrydns.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An authoritative server, NSD, with one zone that is the root: it knows every name that it is told and no other. */
final class Nsd implements AutoCloseable {
    private static final String HEAD = """
            $ORIGIN .
            $TTL 300
            @ IN SOA ns.nsd. hostmaster.nsd. 1 3600 600 86400 300
            @ IN NS ns.nsd.
            ns.nsd. IN A 127.0.0.1
            """;

    private final Daemon daemon;
    private final int port;

    private Nsd(Daemon daemon, int port) {
        this.daemon = daemon;
        this.port = port;
        daemon.awaitReply(port, "ns.nsd");
    }

    /** Starts it on all loopback addresses; records are lines of a zone file. */
    static Nsd start(Path folder, String records) throws IOException {
        Path home = Files.createTempDirectory(folder, "nsd");
        Files.writeString(home.resolve("root.zone"), HEAD + records);
        int port = Ports.free();
        Path conf = Files.writeString(home.resolve("nsd.conf"), """
                server:
                  ip-address: 127.0.0.1@%2$d
                  ip-address: 127.0.0.2@%2$d
                  server-count: 1
                  username: ""
                  database: ""
                  pidfile: ""
                  zonesdir: "%1$s"
                  xfrdir: "%1$s"
                  xfrdfile: "%1$s/xfrd.state"
                  zonelistfile: "%1$s/zone.list"
                  rrl-ratelimit: 0
                  rrl-whitelist-ratelimit: 0
                remote-control:
                  control-enable: no
                zone:
                  name: "."
                  zonefile: "root.zone"
                """.formatted(home, port));
        return new Nsd(
                new Daemon(home, home.resolve("log"), List.of("/usr/sbin/nsd", "-d", "-c", conf.toString())), port);
    }

    int port() {
        return port;
    }

    /** As it stands in a rule. */
    String upstream() {
        return "127.0.0.1:" + port;
    }

    /** The same server under another address. */
    String secondUpstream() {
        return "127.0.0.2:" + port;
    }

    @Override
    public void close() {
        daemon.close();
    }
}
