package org.sentrydns.server.cli;

import com.beust.jcommander.Parameter;
import com.beust.jcommander.ParameterException;
import com.beust.jcommander.Parameters;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.config.InvalidConfigException;
import org.sentrydns.server.edition.Edition;
import org.sentrydns.server.plugin.PluginException;
import org.sentrydns.server.query.SpecialNames;
import org.sentrydns.server.rule.Explanation;
import org.sentrydns.server.rule.ExplanationTree;
import org.sentrydns.server.rule.Question;

@Parameters(commandDescription = "shows what each rule says about a question, and why: NAME [TYPE]")
final class ExplainCommand extends Command {
    @Parameter(description = "NAME [TYPE]")
    private List<String> question = new ArrayList<>();

    @Parameter(
            names = {"-c", "--config"},
            description = "the configuration file; without it the embedded default is asked")
    private @Nullable Path config;

    @Parameter(
            names = {"--from"},
            description = "the client's address; 127.0.0.1 if it is not said")
    private @Nullable String from;

    @Parameter(
            names = {"--transport"},
            description = "udp, which it is if it is not said, or tcp")
    private @Nullable String transport;

    @Parameter(
            names = {"--at"},
            description = "when, such as \"mon 23:30\"; now if it is not said")
    private @Nullable String at;

    @Parameter(
            names = {"--resolve"},
            description = "also asks the upstreams, and shows who answers and when")
    private boolean resolve;

    @Parameter(
            names = {"--json"},
            description = "for programs")
    private boolean json;

    @Override
    int run(PrintStream out) throws InvalidConfigException, PluginException, java.io.IOException, InterruptedException {
        Question asked = asked();
        try (Edition edition = Editions.read(config)) {
            asked.at().ifPresent(edition.clock()::holdAt);
            List<String> missing = MissingLists.load(edition.lists());
            Explanation explanation = edition.rules().explain(asked.inquiry()).with(missing);
            if (edition.config().specialNames()) {
                explanation = SpecialNames.note(explanation);
            }
            Trial trial = resolve ? Trial.of(edition, asked.inquiry(), explanation.verdict()) : Trial.NONE;
            if (json) {
                Map<String, Object> tree = new LinkedHashMap<>(ExplanationTree.of(explanation));
                trial.addTo(tree);
                out.println(JsonText.of(tree));
            } else {
                explanation.notes().forEach(note -> out.println("note: " + note));
                new ExplanationText(out, Boolean.getBoolean("sentry.colours")).print(explanation, asked);
                trial.print(out);
            }
        }
        return FINE;
    }

    private Question asked() {
        if (question.isEmpty()) {
            throw new ParameterException("explain needs a name: sentry explain -c FILE NAME [TYPE]");
        }
        String text = String.join(" ", question)
                + (from == null ? "" : " from " + from)
                + (transport == null ? "" : " over " + transport)
                + (at == null ? "" : " at " + at);
        try {
            return Question.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(String.valueOf(e.getMessage()), e);
        }
    }
}
