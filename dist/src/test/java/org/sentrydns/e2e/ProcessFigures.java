package org.sentrydns.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What a Java process uses. */
final class ProcessFigures {
    private static final Pattern USED = Pattern.compile("total [0-9]+K, used ([0-9]+)K");

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

    /** How many objects of a class somebody holds. */
    static long instances(long pid, String className) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Tool.Ran histogram = Tool.run(jcmd, String.valueOf(pid), "GC.class_histogram");
        assertEquals(0, histogram.exit(), histogram::text);
        return histogram
                .out()
                .lines()
                .map(line -> line.strip().split(" +", -1))
                .filter(columns -> columns.length >= 4 && columns[3].equals(className))
                .mapToLong(columns -> Long.parseLong(columns[1]))
                .sum();
    }

    /** The bytes that its threads have allocated so far, those that have ended too. */
    @SuppressWarnings("BanJNDI") // the address is that of a process of the test's own
    static long allocatedBytes(long pid) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(String.valueOf(pid));
        JMXServiceURL address;
        try {
            address = new JMXServiceURL(machine.startLocalManagementAgent());
        } finally {
            machine.detach();
        }
        try (JMXConnector connector = JMXConnectorFactory.connect(address)) {
            Object bytes = connector
                    .getMBeanServerConnection()
                    .getAttribute(new ObjectName("java.lang:type=Threading"), "TotalThreadAllocatedBytes");
            return (Long) bytes;
        }
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
