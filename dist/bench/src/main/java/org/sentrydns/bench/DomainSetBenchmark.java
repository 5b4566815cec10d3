package org.sentrydns.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
import org.sentrydns.server.list.DomainSet;
import org.sentrydns.server.list.ListReader;
import org.xbill.DNS.Type;

/** Whether a name is in a list. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(jvmArgsAppend = "-XX:+UseSerialGC")
@State(Scope.Thread)
public class DomainSetBenchmark {
    /** More than the processor's caches hold the places of, so that a lookup costs what it costs a server. */
    private static final int ASKED = 1 << 16;

    @Param({"10000", "100000", "1000000"})
    public int names;

    private DomainSet set = DomainSet.EMPTY;
    private String[] listed = {};
    private String[] others = {};
    private int next;

    @Setup(Level.Trial)
    public void load() throws IOException {
        List<String> all = Names.listed(names);
        set = read(text(all));
        Random random = new Random(19);
        listed = random.ints(ASKED, 0, all.size()).mapToObj(all::get).toArray(String[]::new);
        others = Names.asked(ASKED).toArray(String[]::new);
    }

    /** As a file of one name a line. */
    static byte[] text(List<String> names) {
        return (String.join("\n", names) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    static DomainSet read(byte[] text) throws IOException {
        return ListReader.read(new ByteArrayInputStream(text)).set();
    }

    private int turn() {
        next = next + 1 & ASKED - 1;
        return next;
    }

    @Benchmark
    public DomainSet.@Nullable Found hit() {
        return set.find(listed[turn()], Type.A);
    }

    @Benchmark
    public DomainSet.@Nullable Found miss() {
        return set.find(others[turn()], Type.A);
    }
}
