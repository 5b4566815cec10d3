package org.sentrydns.server.cli;

import com.beust.jcommander.Parameter;
import com.beust.jcommander.ParameterException;
import com.beust.jcommander.Parameters;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.config.InvalidConfigException;
import org.sentrydns.server.config.Problems;
import org.sentrydns.server.edition.Edition;
import org.sentrydns.server.list.ListReport;
import org.sentrydns.server.list.ListResult;
import org.sentrydns.server.plugin.PluginException;
import org.sentrydns.server.rule.RuleReview;

@Parameters(commandDescription = "reads a configuration, its rules and lists, and shows every mistake")
final class CheckCommand extends Command {
    @Parameter(
            names = {"-c", "--config"},
            description = "the configuration file",
            required = true)
    private @Nullable Path config;

    @Parameter(
            names = {"--replay"},
            description = "a query log: what would be decided about each of its queries")
    private @Nullable Path replay;

    @Parameter(
            names = {"--against"},
            description = "with --replay, the earlier configuration: shows what would be decided differently")
    private @Nullable Path against;

    @Override
    int run(PrintStream out) throws InvalidConfigException, PluginException, IOException, InterruptedException {
        if (replay != null) {
            return Replay.run(replay, Objects.requireNonNull(config), against, out);
        }
        if (against != null) {
            throw new ParameterException("--against needs --replay: a log to compare by");
        }
        try (Edition loaded = Editions.read(config)) {
            loaded.config().notices().forEach(notice -> out.println(config + ": " + notice));
            int exit = FINE;
            for (ListResult result : loaded.lists().loadNow()) {
                exit = Math.max(exit, show(result, out));
            }
            Problems problems = new Problems();
            loaded.checkFiles(problems);
            if (exit == FINE) {
                loaded.checkExpectations(problems);
            }
            problems.throwIfAny();
            show(RuleReview.of(loaded.rules()), out);
            UnusedLists.of(loaded).forEach(remark -> out.println(remark + "\n"));
            out.println(config + ": " + loaded.rules().size() + " rules, no mistakes"
                    + (exit == FINE ? "" : " but the lists above"));
            return exit;
        }
    }

    private static void show(RuleReview.Remarks found, PrintStream out) {
        found.remarks().forEach(remark -> out.println(remark + "\n"));
        if (found.unshown() > 0) {
            out.println("and " + found.unshown() + " more remarks of these kinds\n");
        }
    }

    private static int show(ListResult result, PrintStream out) {
        String name = "list " + result.source().name() + ": ";
        switch (result) {
            case ListResult.Read read -> show(name, read.report(), Optional.empty(), out);
            case ListResult.FromCopy copy -> show(name, copy.report(), Optional.of(copy.failure()), out);
            case ListResult.Failed failed -> {
                out.println(failed.problem() + "\n");
                return failed.isMistake() ? WRONG_INPUT : FAILED;
            }
        }
        return FINE;
    }

    private static void show(String name, ListReport report, Optional<String> failure, PrintStream out) {
        failure.ifPresent(why -> out.println(name + "warning: a copy of an earlier download was read, since " + why));
        out.println(name + report.names() + " names, " + report.exceptions() + " exceptions, " + report.patterns()
                + " patterns; lines: " + report.duplicates() + " duplicates, " + report.ignored() + " not for DNS, "
                + report.unreadable() + " unreadable");
        if (report.entries() == 0 && report.ignored() > 0) {
            out.println(name + "warning: it has nothing for DNS, so that rules about it match nothing");
        }
        for (ListReport.BadLine line : report.firstUnreadable()) {
            out.println(name + "line " + line.number() + " '" + line.text() + "': " + line.reason());
        }
        if (report.unreadable() > report.firstUnreadable().size()) {
            int unshown = report.unreadable() - report.firstUnreadable().size();
            out.println(name + "and " + unshown + " more unreadable lines");
        }
    }
}
