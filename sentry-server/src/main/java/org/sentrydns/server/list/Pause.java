package org.sentrydns.server.list;

import java.time.Duration;

/** Lets time pass. */
@FunctionalInterface
interface Pause {
    void pause(Duration time) throws InterruptedException;
}
