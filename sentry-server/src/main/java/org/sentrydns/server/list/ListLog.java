package org.sentrydns.server.list;

import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What lists say in the log. */
final class ListLog {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.lists");
    private static final int SHOWN = 3;

    private ListLog() {}

    static void starting(Collection<DomainList> lists) {
        LOG.info("loading lists: {}", lists.stream().map(DomainList::name).collect(Collectors.joining(", ")));
        for (DomainList list : lists) {
            if (!list.isLoaded()) {
                LOG.info("list {} is not in yet: rules about @{} match nothing until it is", list.name(), list.name());
            }
        }
    }

    static void in(DomainList list, ListReport report, String from, Duration took) {
        LOG.info(
                "list {}: {} names, {} exceptions, {} patterns from {} in {} s",
                list.name(),
                report.names(),
                report.exceptions(),
                report.patterns(),
                from,
                String.format(Locale.ROOT, "%.1f", took.toMillis() / 1000.0));
        if (report.entries() == 0 && report.ignored() > 0) {
            LOG.warn(
                    "list {}: none of its {} lines is for DNS, so that @{} matches nothing",
                    list.name(),
                    report.ignored(),
                    list.name());
        }
        if (report.unreadable() > 0) {
            String first = report.firstUnreadable().stream()
                    .limit(SHOWN)
                    .map(bad -> "line " + bad.number() + " '" + plain(bad.text()) + "': " + plain(bad.reason()))
                    .collect(Collectors.joining("; "));
            LOG.warn("list {}: {} lines cannot be read, such as {}", list.name(), report.unreadable(), first);
        }
    }

    static void unchanged(DomainList list) {
        LOG.debug("list {}: {} has not changed", list.name(), list.source().origin());
    }

    static void failed(DomainList list, String reason, String next) {
        LOG.warn(
                "list {}: {} cannot be used: {}; {}; {}",
                list.name(),
                list.source().origin(),
                plain(reason),
                list.isLoaded() ? "what is loaded goes on serving" : nothing(list),
                next);
    }

    static void back(DomainList list) {
        LOG.info("list {}: {} is back as it was", list.name(), list.source().origin());
    }

    static void copyRefused(DomainList list, String reason) {
        LOG.warn("list {}: its copy on disk cannot be used: {}", list.name(), plain(reason));
    }

    static void noCopies(String folder, String reason) {
        LOG.warn(
                "copies of lists cannot be kept in {}: {}; lists go on without (list_copies names another folder)",
                folder,
                plain(reason));
    }

    static void broken(DomainList list, Throwable e) {
        LOG.error("list {} met a mistake in Sentry and stays as it is", list.name(), e);
    }

    /** In the largest unit that says it in whole numbers. */
    static String text(Duration time) {
        long millis = time.toMillis();
        if (millis % 3_600_000 == 0) {
            return millis / 3_600_000 + " h";
        }
        if (millis % 60_000 == 0) {
            return millis / 60_000 + " min";
        }
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }

    private static String nothing(DomainList list) {
        return "rules about @" + list.name() + " match nothing until it is in";
    }

    /** Whoever writes a list, or answers for one, must not write the log. */
    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    static void stillLoading(Duration waited) {
        LOG.debug("the lists are still loading after {}", waited);
    }
}
