package org.sentrydns.server;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handlers of process signals. The JDK has no other way to them than {@code sun.misc.Signal}, which javac does not let
 * anybody name without a warning; hence the reflection.
 */
public final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.core");

    private Signals() {}

    /**
     * Runs an action on each signal of that name, on a thread of its own.
     *
     * @param name without SIG: {@code TERM}
     * @return false if it will not be heard: whoever started this process lets it be ignored, or there is no such signal
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
            // Java leaves HUP, INT and TERM alone where they were ignored when it started.
            return !before.equals(handler.getField("SIG_IGN").get(null));
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
