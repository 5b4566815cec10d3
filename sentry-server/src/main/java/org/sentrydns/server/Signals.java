package org.sentrydns.server;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handlers of process signals. The JDK has no other way to them than {@code sun.misc.Signal}, which javac does not let
 * anybody name without a warning; hence the reflection.
 */
public final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.core");

    private static final Set<String> LEFT_ALONE = Set.of("HUP", "INT", "TERM");

    private Signals() {}

    /**
     * Runs an action on each signal of that name, on a thread of its own.
     *
     * @param name without SIG: {@code TERM}
     * @return false if it will not be heard: there is no such signal, or whoever started this process lets it be ignored and
     *     Java leaves that as it is, which it does with HUP, INT and TERM
     */
    public static boolean on(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object run = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        action.run();
                        return null;
                    });
            Object before = signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), run);
            boolean ignored = handler.getField("SIG_IGN").get(null).equals(before);
            return !(ignored && LEFT_ALONE.contains(name));
        } catch (InvocationTargetException e) {
            // macOS and Windows have no PWR; a debugger may hold another one.
            LOG.debug("no signal {} here: {}", name, String.valueOf(e.getCause()));
            return false;
        } catch (ReflectiveOperationException e) {
            LOG.warn("this Java has no signals: {}", e.toString());
            return false;
        }
    }
}
