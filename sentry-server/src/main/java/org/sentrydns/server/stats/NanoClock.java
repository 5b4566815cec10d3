package org.sentrydns.server.stats;

import java.util.function.LongSupplier;

/** The clock by which times are measured, {@link System#nanoTime}. */
public final class NanoClock {
    /** One for all who time queries: with a lambda for each, compiled code would have to tell them apart. */
    public static final LongSupplier SYSTEM = System::nanoTime;

    private NanoClock() {}
}
