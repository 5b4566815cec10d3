package org.sentrydns.server.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    void addressThatFailed_comesLast_untilItWorks() throws UnknownHostException {
        InetAddress one = address("192.0.2.1");
        InetAddress two = address("192.0.2.2");
        known.failed("dns.example", one);
        assertEquals(List.of(two, one), known.fresh("dns.example"));
        known.failed("dns.example", two);
        assertEquals(List.of(one, two), known.addresses("dns.example"));
        assertFalse(known.isGood("dns.example", one));
        known.worked("dns.example", two);
        assertTrue(known.isGood("dns.example", two));
        assertEquals(List.of(two, one), known.fresh("dns.example"));
        known.failed("dns.example", two);
        assertFalse(known.isGood("dns.example", two));
    }

    @Test
    void addresses_areStillKnownToWhoeverAsksOthers() throws UnknownHostException {
        known.fresh("dns.example");
        KnownAddresses next = known.asking(name -> {
            throw new UnknownHostException(name);
        });
        now.addAndGet(KnownAddresses.FRESH_NANOS);
        assertEquals(found, next.fresh("dns.example"));
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
