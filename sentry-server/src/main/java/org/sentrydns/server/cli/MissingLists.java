package org.sentrydns.server.cli;

import java.util.List;
import org.sentrydns.server.list.ListResult;
import org.sentrydns.server.list.Lists;

/** Lists that cannot be read: what is decided without them is not what a server would decide. */
final class MissingLists {
    private MissingLists() {}

    /** Loads the lists once, and says which of them are missing, and why. */
    static List<String> load(Lists lists) throws InterruptedException {
        return lists.loadNow().stream()
                .filter(ListResult.Failed.class::isInstance)
                .map(ListResult.Failed.class::cast)
                .map(failed ->
                        "list " + failed.source().name() + " cannot be read and matches nothing: " + failed.failure())
                .toList();
    }
}
