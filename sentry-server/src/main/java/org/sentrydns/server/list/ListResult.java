package org.sentrydns.server.list;

import java.time.Duration;
import java.util.List;
import org.sentrydns.server.config.ListSource;
import org.sentrydns.server.config.Problem;

/** What came of loading a list once. */
public sealed interface ListResult {

    /** Where the list comes from. */
    ListSource source();

    /**
     * It was read from its source.
     *
     * @param took the time for that
     */
    record Read(ListSource source, ListReport report, Duration took) implements ListResult {}

    /**
     * Its source failed; the copy of an earlier download was read instead.
     *
     * @param failure why the source failed
     */
    record FromCopy(ListSource source, ListReport report, String failure) implements ListResult {}

    /**
     * It could not be read.
     *
     * @param failure why
     * @param before whether it was missing before a reload too, which therefore makes nothing worse
     */
    record Failed(ListSource source, String failure, boolean before) implements ListResult {
        Failed(ListSource source, String failure) {
            this(source, failure, false);
        }

        /** Whether it stays so: an address may be back in a minute, and a file that somebody writes is written soon. */
        public boolean isMistake() {
            return source.origin() instanceof ListSource.OfFile && !failure.equals(FileFeed.CHANGING);
        }

        /** What those lists are called. */
        public static List<String> names(List<Failed> some) {
            return some.stream().map(failed -> failed.source.name()).toList();
        }

        /** The failure with its place in the configuration. */
        public Problem problem() {
            return source.problem("the list cannot be read: " + failure);
        }
    }
}
