package org.sentrydns.server.list;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.sentrydns.server.config.ListSource;
import org.sentrydns.server.config.SourceText;

/** Lists for tests: every line is a name, unless it starts with a question mark. */
final class TestLists {
    private static final SourceText CONFIG = new SourceText("sentry.json", "{}");

    private TestLists() {}

    static ReadList read(InputStream in) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        List<ListReport.BadLine> bad = new ArrayList<>();
        int names = 0;
        int number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            if (line.startsWith("?")) {
                bad.add(new ListReport.BadLine(number, line, "expected a name"));
            } else {
                names++;
            }
        }
        return new ReadList(DomainSet.EMPTY, new ListReport(names, 0, 0, 0, 0, bad.size(), bad));
    }

    static ListSource file(String name, Path file) {
        return source(name, new ListSource.OfFile(file), Duration.ofSeconds(20));
    }

    static ListSource web(URI address) {
        return web(address, Duration.ofSeconds(20));
    }

    static ListSource web(String name, URI address) {
        return source(name, new ListSource.OfAddress(address), Duration.ofMinutes(10));
    }

    static ListSource web(URI address, Duration timeout) {
        return source("ads", new ListSource.OfAddress(address), timeout);
    }

    private static ListSource source(String name, ListSource.Origin origin, Duration timeout) {
        return new ListSource(name, origin, Duration.ofHours(24), 1 << 20, timeout, false, CONFIG, 0);
    }

    /** The same, to be waited for. */
    static ListSource awaited(ListSource list) {
        return new ListSource(
                list.name(),
                list.origin(),
                list.refresh(),
                list.maxBytes(),
                list.timeout(),
                true,
                list.text(),
                list.offset());
    }

    /** Why the only one cannot be used. */
    static Optional<String> failure(Lists lists) {
        return lists.all().values().iterator().next().failure();
    }

    static Lists lists(HeldTime time, Optional<Path> copies, ListSource... sources) {
        return new Lists(List.of(sources), copies, TestLists::read, time.surroundings());
    }

    static DomainList ads(Lists lists) {
        return Objects.requireNonNull(lists.all().get("ads"));
    }

    /** -1 if the list is not in. */
    static int names(Lists lists) {
        return ads(lists).report().map(ListReport::names).orElse(-1);
    }
}
