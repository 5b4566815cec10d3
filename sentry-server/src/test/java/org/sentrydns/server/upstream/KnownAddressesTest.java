package org.sentrydns.server.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class KnownAddressesTest {
    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger lookUps = new AtomicInteger();
    private final KnownAddresses known = new KnownAddresses(this::lookUp, now::get);
    private List<InetAddress> found = List.of(address("192.0.2.1"), address("192.0.2.2"));

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private List<InetAddress> lookUp(String name) throws UnknownHostException {
        lookUps.incrementAndGet();
        if (found.isEmpty()) {
            throw new UnknownHostException("no address known for the upstream " + name);
        }
        return found;
    }

    @Test
    void addresses_areLookedUpAnewAfterHalfAMinute() throws UnknownHostException {
        assertEquals(found, known.fresh("dns.example"));
        now.addAndGet(KnownAddresses.FRESH_NANOS - 1);
        found = List.of(address("192.0.2.3"));
        assertEquals(2, known.fresh("DNS.Example").size());
        now.addAndGet(1);
        assertEquals(2, known.addresses("dns.example").size());
        assertEquals(found, known.fresh("dns.example"));
        assertEquals(2, lookUps.get());
    }

    @Test
    void addressesThatCannotBeLookedUp_areThoseOfTheLastDay() throws UnknownHostException {
        List<InetAddress> before = known.fresh("dns.example");
        found = List.of();
        now.addAndGet(KnownAddresses.STALE_NANOS - 1);
        assertEquals(before, known.fresh("dns.example"));
        assertEquals(before, known.fresh("dns.example"));
        assertEquals(2, lookUps.get());
        now.addAndGet(KnownAddresses.FAILED_NANOS);
        assertThrows(UnknownHostException.class, () -> known.fresh("dns.example"));
    }

    @Test
    void nameThatWasNotFound_isNotLookedUpAgainAtOnce() throws UnknownHostException {
        List<InetAddress> later = found;
        found = List.of();
        for (int i = 0; i < 3; i++) {
            UnknownHostException none = assertThrows(UnknownHostException.class, () -> known.addresses("dns.example"));
            assertEquals("no address known for the upstream dns.example", none.getMessage());
        }
        assertEquals(1, lookUps.get());

        found = later;
        now.addAndGet(KnownAddresses.FAILED_NANOS);
        assertEquals(later, known.addresses("dns.example"));
    }

    @Test
    void preferredAddress_isFirstAsLongAsItIsThere() throws UnknownHostException {
        known.prefer("dns.example", address("192.0.2.2"));
        assertEquals(List.of(address("192.0.2.2"), address("192.0.2.1")), known.fresh("dns.example"));

        now.addAndGet(KnownAddresses.FRESH_NANOS);
        found = List.of(address("192.0.2.1"));
        assertEquals(found, known.fresh("dns.example"));
    }

    @Test
    void manyAtOnce_areOneLookUp() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger slow = new AtomicInteger();
        KnownAddresses waiting = new KnownAddresses(
                name -> {
                    slow.incrementAndGet();
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    return found;
                },
                now::get);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<InetAddress>>> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                all.add(threads.submit(() -> waiting.fresh("dns.example")));
            }
            go.countDown();
            for (Future<List<InetAddress>> one : all) {
                assertEquals(found, one.get());
            }
        }
        assertEquals(1, slow.get());
    }
}
