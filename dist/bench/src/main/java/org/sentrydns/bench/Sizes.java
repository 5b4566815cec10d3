package org.sentrydns.bench;

import java.io.IOException;
import java.lang.ref.Reference;
import java.util.List;
import org.sentrydns.server.list.DomainSet;
import org.sentrydns.server.regex.NamePattern;
import org.sentrydns.server.regex.PatternIndex;

/**
 * How long expressions and lists take to build, and what they keep. Each is built twice: as a server does at its start,
 * then as it does when it reads its rules again. Use a collector that gives exact figures, such as the serial one.
 */
public final class Sizes {
    private Sizes() {}

    public static void main(String[] arguments) throws IOException {
        System.out.printf(
                "%9s  %21s  %21s  %12s  %10s  %9s%n",
                "regexes", "read ms first, again", "index ms first, again", "read heap KB", "index KB", "states");
        for (int count : List.of(1, 100, 1_000, 10_000, 100_000)) {
            expressions(count);
        }
        System.out.printf(
                "%n%9s  %21s  %9s  %14s  %9s%n", "names", "load ms first, again", "heap KB", "bytes a name", "file KB");
        for (int count : List.of(10_000, 100_000, 1_000_000)) {
            list(count);
        }
    }

    private static void expressions(int count) {
        List<Sample> samples = Patterns.first(count);
        double[] readMillis = new double[2];
        double[] indexMillis = new double[2];
        long before = heap(samples);
        List<NamePattern> patterns = List.of();
        PatternIndex index = new PatternIndex.Builder().build();
        long patternHeap = 0;
        for (int round = 0; round < 2; round++) {
            index = new PatternIndex.Builder().build();
            long start = System.nanoTime();
            patterns = Expressions.compile(samples);
            readMillis[round] = millisSince(start);
            patternHeap = heap(samples, patterns) - before;
            start = System.nanoTime();
            index = Expressions.index(patterns);
            indexMillis[round] = millisSince(start);
        }
        long all = heap(samples, patterns, index) - before;
        System.out.printf(
                "%,9d  %10.1f %10.1f  %10.1f %10.1f  %,12d  %,10d  %,9d%n",
                count,
                readMillis[0],
                readMillis[1],
                indexMillis[0],
                indexMillis[1],
                patternHeap >> 10,
                (all - patternHeap) >> 10,
                index.states());
    }

    private static void list(int count) throws IOException {
        byte[] text = DomainSetBenchmark.text(Names.listed(count));
        double[] millis = new double[2];
        long before = heap(text);
        DomainSet set = DomainSet.EMPTY;
        for (int round = 0; round < 2; round++) {
            set = DomainSet.EMPTY;
            long start = System.nanoTime();
            set = DomainSetBenchmark.read(text);
            millis[round] = millisSince(start);
        }
        long bytes = heap(text, set) - before;
        System.out.printf(
                "%,9d  %10.1f %10.1f  %,9d  %14.1f  %,9d%n",
                count, millis[0], millis[1], bytes >> 10, (double) bytes / count, text.length >> 10);
    }

    private static double millisSince(long start) {
        return (System.nanoTime() - start) / 1e6;
    }

    /** What is on the heap, these included. */
    private static long heap(Object... held) {
        try {
            // Once for what is garbage, once for what only that lets go.
            System.gc();
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            return runtime.totalMemory() - runtime.freeMemory();
        } finally {
            Reference.reachabilityFence(held);
        }
    }
}
