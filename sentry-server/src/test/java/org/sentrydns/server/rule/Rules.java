package org.sentrydns.server.rule;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.sentrydns.api.RuleType;
import org.sentrydns.api.Transport;
import org.sentrydns.server.config.AddressBlock;
import org.sentrydns.server.config.InvalidConfigException;
import org.sentrydns.server.config.Problems;
import org.sentrydns.server.config.RuleSource;
import org.sentrydns.server.config.SourceText;

/** Rule books of rule lines, for tests. */
public final class Rules {
    /** A Friday, 23:30. */
    static final Clock FRIDAY_NIGHT = Clock.fixed(Instant.parse("2026-11-27T23:30:00Z"), ZoneId.of("UTC"));

    private Rules() {}

    /** The lines must be good. */
    public static RuleBook book(List<? extends RuleType> verbs, String... lines) {
        return book(FRIDAY_NIGHT, Map.of(), verbs, lines);
    }

    static RuleBook book(
            Clock clock, Map<String, List<AddressBlock>> groups, List<? extends RuleType> verbs, String... lines) {
        Problems problems = new Problems();
        RuleBook book = compile(clock, groups, verbs, problems, lines);
        try {
            problems.throwIfAny();
            return book;
        } catch (InvalidConfigException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    /** {@code line:column message} of each mistake, a rule line being a line of the file. */
    static List<String> mistakes(List<? extends RuleType> verbs, String... lines) {
        Problems problems = new Problems();
        compile(FRIDAY_NIGHT, Map.of("kids", List.of()), verbs, problems, lines);
        try {
            problems.throwIfAny();
            return List.of();
        } catch (InvalidConfigException e) {
            return e.problems().stream()
                    .map(p -> p.line() + ":" + p.column() + " " + p.message())
                    .toList();
        }
    }

    private static RuleBook compile(
            Clock clock,
            Map<String, List<AddressBlock>> groups,
            List<? extends RuleType> verbs,
            Problems problems,
            String... lines) {
        Map<String, RuleType> types = new TreeMap<>();
        verbs.forEach(type -> types.put(type.verb(), type));
        return new RuleCompiler(types, groups, Map.of(), clock, verb -> new LongAdder())
                .compile(sources(lines), problems);
    }

    /** Each line stands alone on a line of the file, from its first column on; nothing in it is escaped. */
    private static List<RuleSource> sources(String... lines) {
        SourceText source = new SourceText("rules", String.join("\n", lines).replace('\\', '/'));
        List<RuleSource> sources = new ArrayList<>();
        int at = 0;
        for (String line : lines) {
            sources.add(new RuleSource(line, source, at - 1, 0));
            at += line.length() + 1;
        }
        return sources;
    }

    public static Asker asker(String client, Transport transport) {
        try {
            return new Asker(
                    new InetSocketAddress(InetAddress.getByName(client), 4000),
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 53),
                    transport);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
