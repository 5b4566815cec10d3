package org.sentrydns.server.list;

import java.time.Duration;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;

/** Gives each of some feeds its turns until it is interrupted. Confined to one thread. */
final class Keeper implements Runnable {
    private static final Duration AFTER_A_BUG = Duration.ofMinutes(1);

    private final PriorityQueue<Turn> turns = new PriorityQueue<>();
    private final Surroundings surroundings;
    private final CountDownLatch atRest;
    private boolean rested;
    private long given;

    /** Turns that are due together come in the order in which they were given. */
    private record Turn(long due, long number, Feed feed) implements Comparable<Turn> {
        @Override
        public int compareTo(Turn other) {
            long later = due - other.due;
            return later == 0 ? Long.compare(number, other.number) : Long.signum(later);
        }
    }

    /**
     * Its turns are due from now on.
     *
     * @param atRest is counted down when nothing is to be done at once any more
     */
    Keeper(List<Feed> feeds, Surroundings surroundings, CountDownLatch atRest) {
        this.surroundings = surroundings;
        this.atRest = atRest;
        feeds.forEach(feed -> give(feed, feed.firstWait()));
    }

    private void give(Feed feed, Duration wait) {
        turns.add(new Turn(surroundings.nanoTime().getAsLong() + wait.toNanos(), given++, feed));
    }

    @Override
    public void run() {
        try {
            while (!Thread.interrupted()) {
                Turn turn = turns.remove();
                Duration wait =
                        Duration.ofNanos(turn.due - surroundings.nanoTime().getAsLong());
                if (wait.isPositive()) {
                    rest();
                    surroundings.pause().pause(wait);
                }
                give(turn.feed, step(turn.feed));
            }
        } catch (InterruptedException e) {
            // Closed: there is nothing left to do.
        }
    }

    private void rest() {
        if (!rested) {
            rested = true;
            atRest.countDown();
        }
    }

    /** A mistake of ours with one list must not end the refreshing of all. */
    private static Duration step(Feed feed) throws InterruptedException {
        try {
            return feed.step();
        } catch (RuntimeException | Error e) {
            feed.list().failed(e.toString());
            ListLog.broken(feed.list(), e);
            return AFTER_A_BUG;
        }
    }
}
