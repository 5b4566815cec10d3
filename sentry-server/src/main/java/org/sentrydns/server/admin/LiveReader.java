package org.sentrydns.server.admin;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.sentrydns.api.AddressText;
import org.sentrydns.server.observe.QueryEvent;
import org.sentrydns.server.observe.QueryListener;
import org.sentrydns.server.rule.CompiledRule;

/** Who reads along. Thread-safe. What comes faster than it is read, or than was asked for, is lost and counted. */
final class LiveReader implements QueryListener {
    private static final int CAPACITY = 1000;

    private final LiveFilter filter;
    private final int mostPerSecond;
    private final BlockingQueue<QueryEvent> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final AtomicInteger thisSecond = new AtomicInteger();
    private final LongAdder lost = new LongAdder();
    private volatile long second;

    LiveReader(LiveFilter filter, int mostPerSecond) {
        this.filter = filter;
        this.mostPerSecond = mostPerSecond;
    }

    @Override
    public void seen(QueryEvent event) {
        if (filter.wants(event) && (isTooMuch(event.ended().getEpochSecond()) || !queue.offer(event))) {
            lost.increment();
        }
    }

    /** At the turn of a second two threads may both start to count anew, which lets a few more through. */
    private boolean isTooMuch(long now) {
        if (now != second) {
            second = now;
            thisSecond.set(0);
        }
        return thisSecond.incrementAndGet() > mostPerSecond;
    }

    @Nullable
    QueryEvent next(long millis) throws InterruptedException {
        return queue.poll(millis, TimeUnit.MILLISECONDS);
    }

    boolean hasMore() {
        return !queue.isEmpty();
    }

    /** How many were lost since this was asked last. */
    long lost() {
        return lost.sumThenReset();
    }

    static Map<String, Object> tree(QueryEvent event) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("time", event.ended().toString());
        tree.put("client", AddressText.of(event.asker().client().getAddress()));
        tree.put("transport", event.asker().transport().name().toLowerCase(Locale.ROOT));
        tree.put("name", event.name());
        tree.put("type", event.type());
        tree.put("verb", event.verb());
        tree.put("blocked", event.isBlocked());
        tree.put("rcode", event.rcode());
        tree.put("ms", StatisticsApi.round(event.millis()));
        CompiledRule rule = event.rule();
        if (rule != null) {
            tree.put("rule", rule.source().text());
            tree.put("place", rule.source().place());
        }
        if (event.from() != null) {
            tree.put("from", event.from());
        }
        return tree;
    }
}
