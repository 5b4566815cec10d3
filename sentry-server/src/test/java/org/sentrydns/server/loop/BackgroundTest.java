package org.sentrydns.server.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class BackgroundTest {

    @Test
    void start_givesWay_andSoDoesWhatItStarts() throws Exception {
        CompletableFuture<Thread> first = new CompletableFuture<>();
        CompletableFuture<Integer> second = new CompletableFuture<>();
        Background.start("sentry-test", () -> {
            Thread.ofPlatform()
                    .start(() -> second.complete(Thread.currentThread().getPriority()));
            first.complete(Thread.currentThread());
        });

        Thread thread = first.get(10, TimeUnit.SECONDS);
        assertEquals("sentry-test", thread.getName());
        assertTrue(thread.isDaemon(), "it would keep the program from ending");
        assertEquals(Thread.MIN_PRIORITY, thread.getPriority());
        assertEquals(Thread.MIN_PRIORITY, second.get(10, TimeUnit.SECONDS));
    }
}
