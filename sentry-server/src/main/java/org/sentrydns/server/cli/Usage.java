package org.sentrydns.server.cli;

import com.beust.jcommander.JCommander;
import com.beust.jcommander.ParameterDescription;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes what {@code --help} shows. */
final class Usage {
    private Usage() {}

    /** @param command the subcommand that is meant, or null for the program itself */
    static String of(JCommander parser, @Nullable String command) {
        StringBuilder text = new StringBuilder();
        if (command == null) {
            text.append("sentry: a DNS proxy programmed by one-line rules\n\n")
                    .append("  sentry                            starts with the embedded default\n")
                    .append("  sentry -c FILE                    starts with FILE\n");
            parser.getCommands()
                    .forEach((name, sub) -> text.append(String.format(
                            "  sentry %-26s %s%n",
                            name + " [options]", parser.getUsageFormatter().getCommandDescription(name))));
            text.append(
                    "  sentry train                      prepares classes for a quicker start; the build has done so\n");
            text.append("\nOptions (sentry COMMAND --help shows those of a command):\n");
            options(parser, text);
        } else {
            text.append("sentry ")
                    .append(command)
                    .append(": ")
                    .append(parser.getUsageFormatter().getCommandDescription(command))
                    .append("\n\nOptions:\n");
            options(Objects.requireNonNull(parser.getCommands().get(command)), text);
        }
        return text.toString();
    }

    private static void options(JCommander of, StringBuilder text) {
        List<ParameterDescription> options = of.getParameters().stream()
                .sorted(Comparator.comparing(ParameterDescription::getLongestName))
                .toList();
        for (ParameterDescription option : options) {
            text.append(String.format("  %-22s %s%n", option.getNames(), option.getDescription()));
        }
    }
}
