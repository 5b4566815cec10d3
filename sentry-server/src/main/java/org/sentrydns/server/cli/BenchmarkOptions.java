package org.sentrydns.server.cli;

import com.beust.jcommander.Parameter;
import com.beust.jcommander.ParameterException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.benchmark.BenchmarkPlan;
import org.xbill.DNS.Type;

/** What a benchmark is told, in both of its forms. */
final class BenchmarkOptions {
    @Parameter(
            names = {"-s", "--server"},
            description = "the server to load, HOST:PORT")
    private @Nullable String server;

    @Parameter(
            names = {"-l", "--limit"},
            description = "how many queries to send; 0 sends every name once")
    private int limit;

    @Parameter(
            names = {"-n", "--concurrency"},
            description = "how many queries may be outstanding")
    private int concurrency = 1;

    @Parameter(
            names = {"-d", "--duration"},
            description = "for how many seconds to go on, names repeated")
    private double duration;

    @Parameter(
            names = {"-r", "--rate"},
            description = "how many queries a second; 0 sends as fast as replies come")
    private double rate;

    @Parameter(
            names = {"-t", "--type"},
            description = "the record type to ask for")
    private String type = "A";

    @Parameter(
            names = {"--tcp"},
            description = "asks over TCP")
    private boolean tcp;

    @Parameter(
            names = {"--timeout"},
            description = "after how many seconds a query is lost")
    private double timeout = 1.0;

    @Parameter(
            names = {"-f", "--names"},
            description = "a file with names: one a line, or rank,name, or either in a zip; default: a built-in list")
    private @Nullable Path names;

    BenchmarkPlan plan() {
        try {
            return new BenchmarkPlan(
                    address(),
                    limit,
                    duration(),
                    concurrency,
                    rate,
                    type(),
                    tcp,
                    seconds(timeout),
                    Optional.ofNullable(names));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(String.valueOf(e.getMessage()), e);
        }
    }

    /** What rounds to nothing would be no end at all. */
    private Duration duration() {
        if (Double.isNaN(duration) || (duration != 0 && Math.abs(duration) < 0.001)) {
            throw new ParameterException(
                    "duration: expected 0 for no end, or 0.001 seconds to 1 day, found " + duration + " seconds");
        }
        return seconds(duration);
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    private int type() {
        int value = Type.value(type.toUpperCase(Locale.ROOT));
        if (value < 0) {
            throw new ParameterException("'" + type + "' is no record type: expected one such as A or TYPE65");
        }
        return value;
    }

    private InetSocketAddress address() {
        String text = server;
        if (text == null) {
            throw new ParameterException("please specify the server to benchmark with --server HOST:PORT");
        }
        int colon = text.lastIndexOf(':');
        String port = text.substring(colon + 1);
        String host = colon < 0 ? "" : text.substring(0, colon).replaceAll("^\\[(.*)]$", "$1");
        if (host.isEmpty() || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65535 || port.equals("0")) {
            throw new ParameterException("'" + text + "' is no server: expected HOST:PORT, such as 127.0.0.1:5300");
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(host), Integer.parseInt(port));
        } catch (UnknownHostException e) {
            throw new ParameterException("the server '" + host + "' is not known: expected an address or a host name");
        }
    }
}
