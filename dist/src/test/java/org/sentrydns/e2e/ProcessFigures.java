package org.sentrydns.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a Java process uses. */
final class ProcessFigures {
    private static final Pattern USED = Pattern.compile("total [0-9]+K, used ([0-9]+)K");

    private static final Pattern ALLOCATED = Pattern.compile(" allocated=([0-9]+)([BKMG])");

    private ProcessFigures() {}

    /** The KiB of the heap that are left after a collection. */
    static long heapAfterCollection(long pid) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        assertEquals(0, Tool.run(jcmd, String.valueOf(pid), "GC.run").exit());
        Tool.Ran info = Tool.run(jcmd, String.valueOf(pid), "GC.heap_info");
        assertEquals(0, info.exit(), info::text);
        long used = 0;
        Matcher matcher = USED.matcher(info.out());
        while (matcher.find()) {
            used += Long.parseLong(matcher.group(1));
        }
        assertTrue(used > 0, info::text);
        return used;
    }

    /** The bytes that its platform threads have allocated so far, with the virtual threads that they carried. */
    static long allocatedBytes(long pid) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Tool.Ran threads = Tool.run(jcmd, String.valueOf(pid), "Thread.print", "-e");
        assertEquals(0, threads.exit(), threads::text);
        long bytes = 0;
        Matcher matcher = ALLOCATED.matcher(threads.out());
        while (matcher.find()) {
            bytes += Long.parseLong(matcher.group(1)) << ("BKMG".indexOf(matcher.group(2)) * 10);
        }
        assertTrue(bytes > 0, threads::text);
        return bytes;
    }

    /** The seconds of a processor that it has had so far, its own and the kernel's on its behalf. */
    static double cpuSeconds(long pid) throws IOException, InterruptedException {
        Tool.Ran ticks = Tool.run("getconf", "CLK_TCK");
        assertEquals(0, ticks.exit(), ticks::text);
        String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
        // Behind the program's name, which may hold anything: utime and stime are the fields 14 and 15 of proc(5).
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]))
                / Double.parseDouble(ticks.out().strip());
    }
}
