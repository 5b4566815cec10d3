package org.sentrydns.server.list;

import java.time.Duration;

/** Feeds one list from its source. Confined to one thread. */
sealed interface Feed permits FileFeed, WebFeed {

    DomainList list();

    /**
     * Does what is due: the first step takes what lies on this machine, the later ones keep the list as its source is.
     *
     * @return how long to wait before the next step
     */
    Duration step() throws InterruptedException;

    /** Loads the list, without a word in the log. */
    ListResult loadOnce() throws InterruptedException;
}
