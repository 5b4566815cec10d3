package org.sentrydns.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.sentrydns.server.regex.NamePattern;

/** The first of many expressions that matches a name: by the index, and by trying one after the other. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(jvmArgsAppend = "-XX:+UseSerialGC")
public class RuleIndexBenchmark {
    private static final int NAMES = 2000;

    /** Confined to one thread. */
    @State(Scope.Thread)
    public static class Indexed {
        @Param({"1", "100", "1000", "10000", "100000"})
        public int patterns;

        /** All shapes, or only those with a literal. */
        @Param({"mixed", "literal"})
        public String shapes = "mixed";

        private Expressions expressions = Expressions.of(List.of());
        private Asked asked = new Asked(List.of("."));

        @Setup(Level.Trial)
        public void build() {
            List<Sample> samples = shapes.equals("mixed") ? Patterns.first(patterns) : Patterns.firstLiteral(patterns);
            expressions = Expressions.of(samples);
            asked = new Asked(Names.asked(NAMES, samples));
        }
    }

    /** Confined to one thread. */
    @State(Scope.Thread)
    public static class Listed {
        @Param({"1", "100", "1000"})
        public int tried;

        private List<NamePattern> expressions = List.of();
        private Asked asked = new Asked(List.of("."));

        @Setup(Level.Trial)
        public void build() {
            List<Sample> samples = Patterns.first(tried);
            expressions = Expressions.compile(samples);
            asked = new Asked(Names.asked(NAMES, samples));
        }

        int first(String dotted) {
            for (int i = 0; i < expressions.size(); i++) {
                if (expressions.get(i).matches(dotted)) {
                    return i;
                }
            }
            return Expressions.NONE;
        }
    }

    /** Names in turn, in the form that rules are asked in. Confined to one thread. */
    private static final class Asked {
        private final String[] names;
        private int next;

        Asked(List<String> names) {
            this.names = names.stream().map(name -> name + ".").toArray(String[]::new);
        }

        String next() {
            next = next + 1 < names.length ? next + 1 : 0;
            return names[next];
        }
    }

    @Benchmark
    public int index(Indexed state) {
        return state.expressions.first(state.asked.next());
    }

    @Benchmark
    public int loop(Listed state) {
        return state.first(state.asked.next());
    }
}
