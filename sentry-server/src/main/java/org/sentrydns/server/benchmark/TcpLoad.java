package org.sentrydns.server.benchmark;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.sentrydns.server.benchmark.QueryFeed.Ticket;

/** A virtual thread a connection, one query outstanding on each. Thread-safe: the threads share only the Run. */
final class TcpLoad implements Load {

    private final Run run;

    TcpLoad(Run run) {
        this.run = run;
    }

    @Override
    public void run() throws InterruptedException {
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < run.plan().concurrency(); i++) {
                workers.execute(this::work);
            }
            workers.shutdown();
            try {
                while (!workers.awaitTermination(Run.PROGRESS_NANOS, TimeUnit.NANOSECONDS)) {
                    run.progress();
                }
            } finally {
                workers.shutdownNow();
            }
        }
    }

    private void work() {
        try (TcpConnection connection = new TcpConnection(run.plan(), run.wire())) {
            Ticket ticket = run.feed().take();
            while (ticket != null && awaitDue(ticket)) {
                ask(connection, ticket.name());
                ticket = run.feed().take();
            }
        }
    }

    /** Says false when the time is over or the thread was interrupted. */
    private boolean awaitDue(Ticket ticket) {
        long wait = ticket.due() - run.elapsed();
        while (wait > 0 && goesOn()) {
            LockSupport.parkNanos(Math.min(wait, Run.PROGRESS_NANOS));
            wait = ticket.due() - run.elapsed();
        }
        return goesOn();
    }

    private boolean goesOn() {
        return !Thread.currentThread().isInterrupted() && !run.feed().over(run.elapsed());
    }

    /** The time counts from here, so the query that has to connect first pays for it. */
    private void ask(TcpConnection connection, int name) {
        long start = System.nanoTime();
        run.tally().sent(run.elapsed());
        try {
            ByteBuffer reply = connection.ask(name);
            run.tally().answered(reply, System.nanoTime() - start, run.elapsed());
        } catch (SocketTimeoutException e) {
            run.tally().lost();
        } catch (IOException e) {
            run.tally().error(e);
        }
    }
}
