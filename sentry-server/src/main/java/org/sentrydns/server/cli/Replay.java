package org.sentrydns.server.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.config.InvalidConfigException;
import org.sentrydns.server.edition.Edition;
import org.sentrydns.server.log.Muted;
import org.sentrydns.server.plugin.PluginException;
import org.sentrydns.server.rule.Deed;
import org.sentrydns.server.rule.Question;
import org.sentrydns.server.rule.Question.Moment;
import org.sentrydns.server.rule.Verdict;

/** Decides about the questions of a log, by one configuration or by two. Confined to one thread. */
final class Replay {
    private static final int EXAMPLES = 3;

    /** Questions that the same rules decide. */
    private static final class Group {
        private final List<String> examples = new ArrayList<>();
        private int queries;

        void add(int times, String example) {
            queries += times;
            if (examples.size() < EXAMPLES) {
                examples.add(example);
            }
        }

        int queries() {
            return queries;
        }
    }

    private Replay() {}

    static int run(Path log, Path file, @Nullable Path against, PrintStream out)
            throws InvalidConfigException, PluginException, IOException, InterruptedException {
        LoggedQuestions queries = LoggedQuestions.read(log);
        // What has no time of its own is decided as of now, by both at the same time.
        LocalDateTime now = LocalDateTime.now(ZoneId.systemDefault());
        Moment other = new Moment(now.getDayOfWeek(), now.toLocalTime());
        try (Edition next = Editions.read(file);
                Edition before = against == null ? null : Editions.read(against)) {
            List<String> missing = new ArrayList<>(MissingLists.load(next.lists()));
            if (before == null) {
                alone(queries, next, other, log, out);
            } else {
                missing.addAll(MissingLists.load(before.lists()));
                compare(queries, before, next, other, log, out);
            }
            missing.stream().distinct().forEach(note -> out.println("\nnote: " + note));
            return missing.isEmpty() ? Command.FINE : Command.FAILED;
        }
    }

    private static Verdict decide(Edition edition, Question question, Moment other) {
        edition.clock().holdAt(question.at().orElse(other));
        return Muted.run(() -> edition.rules().inspect(question.inquiry()));
    }

    private static String who(Verdict verdict) {
        return verdict.decider().map(Object::toString).orElse("no rule");
    }

    private static String heading(LoggedQuestions queries, Path log) {
        return log + ": " + queries.total() + " queries, " + queries.different() + " different questions"
                + (queries.unreadable() == 0 ? "" : ", " + queries.unreadable() + " lines that are no queries")
                + (queries.otherClasses() == 0
                        ? ""
                        : ", " + queries.otherClasses() + " queries of other classes left out");
    }

    private static void alone(LoggedQuestions queries, Edition edition, Moment other, Path log, PrintStream out) {
        Map<String, Group> groups = new LinkedHashMap<>();
        queries.questions().forEach((question, times) -> {
            Verdict verdict = decide(edition, question, other);
            groups.computeIfAbsent(who(verdict), w -> new Group()).add(times, question + ": " + Deed.of(verdict));
        });
        out.println(heading(queries, log));
        print(groups, out);
    }

    /** Another rule that does the same is no difference. */
    private static void compare(
            LoggedQuestions queries, Edition before, Edition next, Moment other, Path log, PrintStream out) {
        Map<String, Group> groups = new LinkedHashMap<>();
        queries.questions().forEach((question, times) -> {
            Verdict old = decide(before, question, other);
            Verdict fresh = decide(next, question, other);
            String was = Deed.exactly(old);
            String is = Deed.exactly(fresh);
            if (!was.equals(is)) {
                groups.computeIfAbsent(who(old) + " -> " + who(fresh), w -> new Group())
                        .add(times, question + ": " + was + " -> " + is);
            }
        });
        int differently = groups.values().stream().mapToInt(Group::queries).sum();
        out.println(heading(queries, log) + "; " + differently + " would be decided differently");
        print(groups, out);
    }

    private static void print(Map<String, Group> groups, PrintStream out) {
        groups.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(
                        Comparator.comparingInt(Group::queries).reversed()))
                .forEach(entry -> {
                    out.println();
                    out.println(entry.getValue().queries() + " queries: " + entry.getKey());
                    entry.getValue().examples.forEach(example -> out.println("    " + example));
                });
    }
}
