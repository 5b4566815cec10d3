package org.sentrydns.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A dnsdist that speaks DNS over TLS and HTTPS before another server. It refuses a question below padded.test that is not
 * padded to whole blocks of 128 bytes.
 */
final class EncryptedFront implements AutoCloseable {
    /** Java's sockets are of IPv6, whatever the address. */
    private static final List<Path> SOCKETS = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

    private static final String LISTENING = "0A";

    private final Daemon daemon;
    private final int plain;
    private final int tls;
    private final int https;

    private EncryptedFront(Daemon daemon, int plain, int tls, int https) {
        this.daemon = daemon;
        this.plain = plain;
        this.tls = tls;
        this.https = https;
        daemon.awaitReply(plain, "ready.test");
    }

    static EncryptedFront start(Path folder, Certificate certificate, String behind) throws IOException {
        Path home = Files.createTempDirectory(folder, "dnsdist");
        int plain = Ports.free();
        int tls = Ports.free();
        int https = Ports.free();
        Path conf = Files.writeString(home.resolve("dnsdist.conf"), """
                setLocal("127.0.0.1:%1$d")
                setSecurityPollSuffix("")
                newServer({address="%4$s"})
                addTLSLocal("127.0.0.1:%2$d", "%5$s", "%6$s")
                addDOHLocal("127.0.0.1:%3$d", "%5$s", "%6$s", "/dns-query")
                addAction(AndRule({makeRule("padded.test."), NotRule(EDNSOptionRule(EDNSOptionCode.PADDING))}),
                          RCodeAction(DNSRCode.REFUSED))
                addAction(makeRule("padded.test."), LuaAction(function(query)
                  if query.len %% 128 ~= 0 then return DNSAction.Refused, "" end
                  return DNSAction.None, ""
                end))
                """.formatted(
                        plain, tls, https, behind, certificate.chain(), certificate.key()));
        List<String> command = List.of("/usr/bin/dnsdist", "--supervised", "--disable-syslog", "-C", conf.toString());
        return new EncryptedFront(new Daemon(home, home.resolve("log"), command), plain, tls, https);
    }

    /** Where it takes questions over UDP. */
    int plainPort() {
        return plain;
    }

    /** As it stands in a rule. */
    String tls(String host) {
        return "tls://" + host + ":" + tls;
    }

    /** As it stands in a rule. */
    String https(String host) {
        return "https://" + host + ":" + https + "/dns-query";
    }

    int tlsConnections() throws IOException {
        return connections(tls);
    }

    int httpsConnections() throws IOException {
        return connections(https);
    }

    /** The connections that were opened to a port, those included that were closed within the last minute. */
    private static int connections(int port) throws IOException {
        String wanted = "%04X".formatted(port);
        Set<String> clients = new HashSet<>();
        for (Path sockets : SOCKETS) {
            List<String> lines = Files.readAllLines(sockets);
            for (String line : lines.subList(1, lines.size())) {
                // A number, the local address, the remote address, the state.
                String[] columns = line.strip().split(" +", -1);
                String local = columns[1].substring(columns[1].indexOf(':') + 1);
                String remote = columns[2].substring(columns[2].indexOf(':') + 1);
                if (remote.equals(wanted)) {
                    clients.add(local);
                } else if (local.equals(wanted) && !columns[3].equals(LISTENING)) {
                    clients.add(remote);
                }
            }
        }
        return clients.size();
    }

    @Override
    public void close() {
        daemon.close();
    }
}
