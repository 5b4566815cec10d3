package org.sentrydns.server.list;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Feeds one list from its source. Confined to one thread. */
sealed interface Feed permits FileFeed, WebFeed {

    DomainList list();

    /**
     * Does what is due: the first step takes what lies on this machine, the later ones keep the list as its source is.
     *
     * @return how long to wait before the next step
     */
    Duration step() throws InterruptedException;

    /**
     * Brings the list in before the first step, if it is not in as its source is now.
     *
     * @param downloads whether it may be downloaded; a copy is always used
     * @return why it is not in; null if it is
     */
    @Nullable
    String prepare(boolean downloads) throws InterruptedException;

    /** How long the first step can wait. */
    Duration firstWait();

    /** Loads the list, without a word in the log. */
    ListResult loadOnce() throws InterruptedException;
}
