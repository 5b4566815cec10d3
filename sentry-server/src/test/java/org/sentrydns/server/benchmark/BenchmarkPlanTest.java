package org.sentrydns.server.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BenchmarkPlanTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # port | limit | seconds | concurrency | rate     | type  | timeout ms | message
            0      | 0     | 0       | 1           | 0        | 1     | 1000       | server: expected a port from 1 to 65535, found 0
            53     | -1    | 0       | 1           | 0        | 1     | 1000       | limit: expected 0 or a number of queries, found -1
            53     | 0     | -1      | 1           | 0        | 1     | 1000       | duration: expected 0 seconds to 1 day, found -1.0 seconds
            53     | 0     | 86401   | 1           | 0        | 1     | 1000       | duration: expected 0 seconds to 1 day, found 86401.0 seconds
            53     | 0     | 0       | 0           | 0        | 1     | 1000       | concurrency: expected 1 to 10000, found 0
            53     | 0     | 0       | 10001       | 0        | 1     | 1000       | concurrency: expected 1 to 10000, found 10001
            53     | 0     | 0       | 1           | -1       | 1     | 1000       | rate: expected queries a second, or 0 for no limit, found -1.0
            53     | 0     | 0       | 1           | NaN      | 1     | 1000       | rate: expected queries a second, or 0 for no limit, found NaN
            53     | 0     | 0       | 1           | Infinity | 1     | 1000       | rate: expected queries a second, or 0 for no limit, found Infinity
            53     | 0     | 0       | 1           | 0        | 0     | 1000       | type: expected a DNS type from 1 to 65535, found 0
            53     | 0     | 0       | 1           | 0        | 252   | 1000       | type: AXFR cannot be measured, expected one such as A, AAAA or MX
            53     | 0     | 0       | 1           | 0        | 1     | 0          | timeout: expected 0.001 to 60 seconds, found 0.0 seconds
            53     | 0     | 0       | 1           | 0        | 1     | 60001      | timeout: expected 0.001 to 60 seconds, found 60.001 seconds
            """)
    void plan_withAValueOutOfBounds_saysWhichAndWhatWasExpected(
            int port, int limit, int seconds, int concurrency, double rate, int type, int timeout, String message) {
        InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        IllegalArgumentException error = assertThrows(
                IllegalArgumentException.class,
                () -> new BenchmarkPlan(
                        server,
                        limit,
                        Duration.ofSeconds(seconds),
                        concurrency,
                        rate,
                        type,
                        false,
                        Duration.ofMillis(timeout),
                        Optional.empty()));

        assertEquals(message, error.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 127.0.0.1:53", "::1, [::1]:53"})
    void target_ofEachFamily_isWrittenAsUsersDo(String address, String target) throws UnknownHostException {
        InetSocketAddress server = new InetSocketAddress(InetAddress.getByName(address), 53);
        BenchmarkPlan plan =
                new BenchmarkPlan(server, 1, Duration.ZERO, 1, 0, 1, false, Duration.ofSeconds(1), Optional.empty());

        assertEquals(target, plan.target());
    }

    @Test
    void plan_withAnUnresolvedServer_namesIt() {
        InetSocketAddress server = InetSocketAddress.createUnresolved("dns.test", 53);
        IllegalArgumentException error = assertThrows(
                IllegalArgumentException.class,
                () -> new BenchmarkPlan(
                        server, 1, Duration.ZERO, 1, 0, 1, false, Duration.ofSeconds(1), Optional.empty()));

        assertEquals("server: no address known for dns.test", error.getMessage());
    }
}
