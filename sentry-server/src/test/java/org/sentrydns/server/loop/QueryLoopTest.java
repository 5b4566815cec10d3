package org.sentrydns.server.loop;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

final class QueryLoopTest {
    private static String carrier() {
        // VirtualThread[#22]/runnable@sentry-loop-1
        String thread = Thread.currentThread().toString();
        return thread.substring(thread.indexOf('@') + 1);
    }

    @Test
    void task_runsOnAVirtualThreadThatTheLoopCarries() throws Exception {
        try (QueryLoop loop = new QueryLoop("loop-under-test")) {
            CompletableFuture<String> ran = new CompletableFuture<>();
            CompletableFuture<Boolean> virtual = new CompletableFuture<>();
            loop.start(() -> {
                virtual.complete(Thread.currentThread().isVirtual());
                ran.complete(carrier());
            });
            assertTrue(virtual.get(5, TimeUnit.SECONDS));
            assertEquals("loop-under-test", ran.get(5, TimeUnit.SECONDS));
        }
    }

    @Test
    void task_thatWaits_letsOthersRunAndGoesOnInTheLoop() throws Exception {
        try (QueryLoop loop = new QueryLoop("loop-under-test")) {
            CompletableFuture<Thread> waiting = new CompletableFuture<>();
            CompletableFuture<String> wentOn = new CompletableFuture<>();
            AtomicBoolean free = new AtomicBoolean();
            loop.start(() -> {
                waiting.complete(Thread.currentThread());
                while (!free.get()) {
                    LockSupport.park();
                }
                wentOn.complete(carrier());
            });
            Thread waiter = waiting.get(5, TimeUnit.SECONDS);
            CountDownLatch other = new CountDownLatch(1);
            loop.start(other::countDown);
            assertTrue(other.await(5, TimeUnit.SECONDS));
            assertFalse(wentOn.isDone());
            free.set(true);
            LockSupport.unpark(waiter);
            assertEquals("loop-under-test", wentOn.get(5, TimeUnit.SECONDS));
        }
    }

    @Test
    void current_isTheLoopThatCarriesTheThread() throws Exception {
        try (QueryLoop loop = new QueryLoop("loop-under-test")) {
            CompletableFuture<QueryLoop> ofTask = new CompletableFuture<>();
            CompletableFuture<QueryLoop> ofChild = new CompletableFuture<>();
            CompletableFuture<Boolean> ofAnother = new CompletableFuture<>();
            loop.start(() -> {
                ofTask.complete(QueryLoop.current());
                Thread.ofVirtual().start(() -> ofChild.complete(QueryLoop.current()));
            });
            Thread.ofVirtual().start(() -> ofAnother.complete(QueryLoop.current() == null));
            assertSame(loop, ofTask.get(5, TimeUnit.SECONDS));
            assertSame(loop, ofChild.get(5, TimeUnit.SECONDS));
            assertTrue(ofAnother.get(5, TimeUnit.SECONDS));
            assertNull(QueryLoop.current());
        }
    }

    @Test
    void threadOfATask_isCarriedByTheSameLoop() throws Exception {
        try (QueryLoop loop = new QueryLoop("loop-under-test")) {
            CompletableFuture<String> child = new CompletableFuture<>();
            loop.start(() -> Thread.ofVirtual().start(() -> child.complete(carrier())));
            assertEquals("loop-under-test", child.get(5, TimeUnit.SECONDS));
        }
    }

    @Test
    void channel_isReadByTheLoop_alsoWhileTasksRun() throws Exception {
        try (QueryLoop loop = new QueryLoop("loop-under-test");
                DatagramChannel channel = channel();
                DatagramChannel client = channel()) {
            BlockingQueue<Integer> read = new LinkedBlockingQueue<>();
            loop.register(channel, buffer -> {
                while (channel.receive(buffer.clear()) != null) {
                    int value = buffer.flip().getInt();
                    loop.start(() -> read.add(value));
                }
            });
            for (int i = 0; i < 1000; i++) {
                client.send(ByteBuffer.allocate(4).putInt(0, i), channel.getLocalAddress());
                assertEquals(i, read.poll(5, TimeUnit.SECONDS));
            }
        }
    }

    @Test
    void errorWhileAChannelIsRead_doesNotEndTheLoop() throws Exception {
        try (QueryLoop loop = new QueryLoop("loop-under-test");
                DatagramChannel channel = channel();
                DatagramChannel client = channel()) {
            CountDownLatch read = new CountDownLatch(1);
            AtomicBoolean first = new AtomicBoolean(true);
            loop.register(channel, buffer -> {
                channel.receive(buffer.clear());
                if (first.getAndSet(false)) {
                    throw new OutOfMemoryError("Cannot reserve bytes of direct buffer memory");
                }
                read.countDown();
            });
            client.send(ByteBuffer.allocate(4), channel.getLocalAddress());
            client.send(ByteBuffer.allocate(4), channel.getLocalAddress());
            assertTrue(read.await(5, TimeUnit.SECONDS));
        }
    }

    @Test
    @SuppressWarnings("ThreadPriorityCheck") // what yields is what is tested
    void channel_isReadByTheLoop_alsoWhileATaskYieldsAgainAndAgain() throws Exception {
        try (QueryLoop loop = new QueryLoop("loop-under-test");
                DatagramChannel channel = channel();
                DatagramChannel client = channel()) {
            CountDownLatch started = new CountDownLatch(1);
            CountDownLatch read = new CountDownLatch(1);
            CountDownLatch ended = new CountDownLatch(1);
            loop.register(channel, buffer -> {
                channel.receive(buffer.clear());
                read.countDown();
            });
            loop.start(() -> {
                while (read.getCount() > 0) {
                    Thread.yield();
                    started.countDown();
                }
                ended.countDown();
            });
            assertTrue(started.await(5, TimeUnit.SECONDS));
            client.send(ByteBuffer.allocate(4), channel.getLocalAddress());
            assertTrue(read.await(5, TimeUnit.SECONDS));
            assertTrue(ended.await(5, TimeUnit.SECONDS));
        }
    }

    private static DatagramChannel channel() throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.configureBlocking(false);
        return channel;
    }

    @Test
    void taskThatHoldsItsThread_isLeftBehind_andComesToItsEnd() throws Exception {
        try (QueryLoop loop = new QueryLoop("loop-under-test")) {
            AtomicBoolean free = new AtomicBoolean();
            CountDownLatch started = new CountDownLatch(1);
            CountDownLatch ended = new CountDownLatch(1);
            loop.start(() -> {
                started.countDown();
                while (!free.get()) {
                    Thread.onSpinWait();
                }
                ended.countDown();
            });
            assertTrue(started.await(5, TimeUnit.SECONDS));
            CountDownLatch other = new CountDownLatch(1);
            loop.start(other::countDown);
            assertEquals(1, other.getCount());
            await("the loop goes on").atMost(java.time.Duration.ofSeconds(5)).until(() -> {
                loop.relieve();
                return other.getCount() == 0;
            });
            assertEquals(1, ended.getCount());
            free.set(true);
            assertTrue(ended.await(5, TimeUnit.SECONDS));
            CountDownLatch again = new CountDownLatch(100);
            for (int i = 0; i < 100; i++) {
                loop.start(again::countDown);
            }
            assertTrue(again.await(5, TimeUnit.SECONDS));
        }
    }

    /** The watch may find a task too long just when it ends: then the next thread comes while the first waits for channels. */
    @Test
    void threadThatIsRelievedWhileItWaits_takesNoWakeUpWithIt() throws Exception {
        try (QueryLoop loop = new QueryLoop("relieved-loop")) {
            awaitThread(Thread.State.RUNNABLE);
            loop.takeTurns();
            awaitThread(Thread.State.BLOCKED);
            loop.letGo();
            await("the first one has left")
                    .atMost(java.time.Duration.ofSeconds(5))
                    .until(() -> threads() == 1);
            CountDownLatch task = new CountDownLatch(1);
            loop.start(task::countDown);
            assertTrue(task.await(5, TimeUnit.SECONDS));
        }
    }

    /**
     * Since Java 24, a virtual thread that waits for a monitor leaves its carrier, and is the next to get it. If its loop waits
     * for the same one, the loop has to go on by another thread.
     */
    @Test
    void loopThatWaitsForWhatItsOwnTaskGetsNext_goesOn() throws Exception {
        Object monitor = new Object();
        CountDownLatch done = new CountDownLatch(2);
        CompletableFuture<Thread> waiter = new CompletableFuture<>();
        // Closed in the end only: a loop that hangs cannot be closed.
        QueryLoop loop = new QueryLoop("relieved-loop");
        try (DatagramChannel channel = channel();
                DatagramChannel sender = channel()) {
            loop.register(channel, buffer -> {
                channel.receive(buffer.clear());
                synchronized (monitor) {
                    done.countDown();
                }
            });
            synchronized (monitor) {
                loop.start(() -> {
                    waiter.complete(Thread.currentThread());
                    synchronized (monitor) {
                        done.countDown();
                    }
                });
                Thread task = waiter.get(5, TimeUnit.SECONDS);
                await("the task waits")
                        .atMost(java.time.Duration.ofSeconds(5))
                        .until(() -> task.getState() == Thread.State.BLOCKED);
                sender.send(ByteBuffer.allocate(1), channel.getLocalAddress());
                await("the loop waits")
                        .atMost(java.time.Duration.ofSeconds(5))
                        .until(() -> states().contains(Thread.State.BLOCKED));
            }
            await("both go on").atMost(java.time.Duration.ofSeconds(5)).until(() -> {
                loop.relieve();
                return done.getCount() == 0;
            });
        }
        loop.close();
    }

    private static List<Thread.State> states() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("relieved-loop"))
                .map(Thread::getState)
                .toList();
    }

    private static void awaitThread(Thread.State state) {
        await(state + " inside the selector")
                .atMost(java.time.Duration.ofSeconds(5))
                .until(() -> Thread.getAllStackTraces().entrySet().stream()
                        .anyMatch(e -> e.getKey().getName().equals("relieved-loop")
                                && e.getKey().getState() == state
                                && Arrays.stream(e.getValue())
                                        .anyMatch(frame -> frame.getMethodName().equals("lockAndDoSelect"))));
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("relieved-loop"))
                .count();
    }
}
