package org.sentrydns.server.loop;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.nio.Buffer;
import java.nio.channels.DatagramChannel;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two system calls of Linux that Java has no method for: they take or send many datagrams at once. Thread-safe.
 *
 * <p>They are reached through the foreign function interface, which came with Java 22, so by its methods' names: this is
 * compiled for Java 21. They are there when the virtual machine was started with
 * {@code --enable-native-access=ALL-UNNAMED --add-exports java.base/sun.nio.ch=ALL-UNNAMED}, on a Linux of 64 bits, once
 * {@link #link} has run; elsewhere each datagram is a call of its own.
 */
public final class SystemCalls {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.core");
    private static final String FOREIGN = "java.lang.foreign.";
    /** Do not wait; the value of Linux. */
    private static final int MSG_DONTWAIT = 0x40;

    /** There was nothing, or no room; the value of Linux. */
    static final int EAGAIN = 11;
    /** A sandbox does not allow the call, or its kernel does not know it; the values of Linux. */
    static final int EPERM = 1;

    static final int ENOSYS = 38;
    private static final int ENETUNREACH = 101;
    private static final int ECONNREFUSED = 111;
    private static final int EHOSTUNREACH = 113;

    private static volatile boolean linked;

    private SystemCalls() {}

    /** Makes them ready, which takes a moment: a server answers its first queries without them. */
    public static void link() {
        try {
            if (isFitting()) {
                linked = Handles.RECEIVE != null && Handles.SEND != null;
            }
        } catch (LinkageError | RuntimeException e) {
            LOG.debug("each datagram is a call of its own: {}", e.toString());
        }
    }

    private static boolean isFitting() {
        return System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").matches("amd64|aarch64|ppc64le|riscv64|s390x|loongarch64")
                && Runtime.version().feature() >= 22
                && isAllowed();
    }

    /** Java warns of what is not. */
    private static boolean isAllowed() {
        try {
            Method enabled = Module.class.getMethod("isNativeAccessEnabled");
            return (boolean) enabled.invoke(SystemCalls.class.getModule());
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    static boolean areLinked() {
        return linked;
    }

    /** The descriptor of a channel, which is valid until the loop that reads the channel selects again; -1 if it cannot be had. */
    static int descriptor(DatagramChannel channel) {
        try {
            return (int)
                    Class.forName("sun.nio.ch.SelChImpl").getMethod("getFDVal").invoke(channel);
        } catch (ReflectiveOperationException e) {
            LOG.debug("each datagram is a call of its own: {}", e.toString());
            return -1;
        }
    }

    /** Where a direct buffer begins. */
    static long address(Buffer buffer) {
        try {
            return (long) Class.forName(FOREIGN + "MemorySegment")
                    .getMethod("address")
                    .invoke(segment(buffer));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no address of a buffer", e);
        }
    }

    /** A direct buffer's memory from its position to its limit, in the form that the calls take for an error number. */
    static Object segment(Buffer buffer) {
        try {
            return Class.forName(FOREIGN + "MemorySegment")
                    .getMethod("ofBuffer", Buffer.class)
                    .invoke(null, buffer);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no memory of a buffer", e);
        }
    }

    /**
     * recvmmsg(2).
     *
     * @param error the {@link #segment} of four bytes for the error number
     * @return how many headers were filled; -1 if there was nothing, or for another reason
     */
    static int receive(int descriptor, long headers, int count, Object error) {
        try {
            return (int) Handles.RECEIVE.invokeExact(error, descriptor, headers, count, MSG_DONTWAIT, 0L);
        } catch (Throwable e) {
            throw new AssertionError("recvmmsg throws nothing", e);
        }
    }

    /**
     * sendmmsg(2).
     *
     * @param error the {@link #segment} of four bytes for the error number
     * @return how many were sent, from the first on; -1 if the first one was not
     */
    static int send(int descriptor, long headers, int count, Object error) {
        try {
            return (int) Handles.SEND.invokeExact(error, descriptor, headers, count, MSG_DONTWAIT);
        } catch (Throwable e) {
            throw new AssertionError("sendmmsg throws nothing", e);
        }
    }

    /** What Java throws for an error number, in its words. */
    static IOException exception(int error) {
        return switch (error) {
            case ECONNREFUSED -> new PortUnreachableException();
            case EHOSTUNREACH -> new NoRouteToHostException("No route to host");
            case ENETUNREACH -> new NoRouteToHostException("Network is unreachable");
            case EAGAIN -> new IOException("the kernel has no room for it");
            default -> new IOException("the kernel's error " + error);
        };
    }

    /**
     * Constants, so that the compiler sees through them; pointers are numbers of 64 bits. Before the call's own parameters
     * stands the segment where its error number goes.
     */
    private static final class Handles {
        static final MethodHandle RECEIVE =
                find("recvmmsg", "JAVA_INT", "JAVA_LONG", "JAVA_INT", "JAVA_INT", "JAVA_LONG");
        static final MethodHandle SEND = find("sendmmsg", "JAVA_INT", "JAVA_LONG", "JAVA_INT", "JAVA_INT");

        private static MethodHandle find(String name, String... parameters) {
            try {
                Class<?> linkers = Class.forName(FOREIGN + "Linker");
                Class<?> options = Class.forName(FOREIGN + "Linker$Option");
                Class<?> descriptors = Class.forName(FOREIGN + "FunctionDescriptor");
                Class<?> segments = Class.forName(FOREIGN + "MemorySegment");
                Object linker = linkers.getMethod("nativeLinker").invoke(null);
                Object symbols = linkers.getMethod("defaultLookup").invoke(linker);
                Optional<?> symbol = (Optional<?>) Class.forName(FOREIGN + "SymbolLookup")
                        .getMethod("find", String.class)
                        .invoke(symbols, name);
                Object arguments = layouts(parameters);
                Object descriptor = descriptors
                        .getMethod("of", Class.forName(FOREIGN + "MemoryLayout"), arguments.getClass())
                        .invoke(null, layout("JAVA_INT"), arguments);
                Object keepsError = Array.newInstance(options, 1);
                Object names = new String[] {"errno"};
                Array.set(
                        keepsError,
                        0,
                        options.getMethod("captureCallState", String[].class).invoke(null, names));
                MethodHandle call =
                        (MethodHandle) linkers.getMethod("downcallHandle", segments, descriptors, keepsError.getClass())
                                .invoke(linker, symbol.orElseThrow(), descriptor, keepsError);
                return call.asType(call.type().changeParameterType(0, Object.class));
            } catch (ReflectiveOperationException | NoSuchElementException e) {
                throw new IllegalStateException(name + " cannot be had", e);
            }
        }

        private static Object layouts(String... names) throws ReflectiveOperationException {
            Object layouts = Array.newInstance(Class.forName(FOREIGN + "MemoryLayout"), names.length);
            for (int i = 0; i < names.length; i++) {
                Array.set(layouts, i, layout(names[i]));
            }
            return layouts;
        }

        private static Object layout(String name) throws ReflectiveOperationException {
            return Class.forName(FOREIGN + "ValueLayout").getField(name).get(null);
        }
    }
}
