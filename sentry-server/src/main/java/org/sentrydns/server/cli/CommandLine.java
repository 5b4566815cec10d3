package org.sentrydns.server.cli;

import com.beust.jcommander.JCommander;
import com.beust.jcommander.MissingCommandException;
import com.beust.jcommander.Parameter;
import com.beust.jcommander.ParameterDescription;
import com.beust.jcommander.ParameterException;
import com.beust.jcommander.ParametersDelegate;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.config.InvalidConfigException;
import org.sentrydns.server.config.Nearest;
import org.sentrydns.server.log.LogConfigurator;
import org.sentrydns.server.plugin.PluginException;
import org.sentrydns.server.warmup.HeadStart;

/** Reads the arguments, runs what they ask for, and turns every ending into an exit code. */
public final class CommandLine {
    private static final Pattern SUPERFLUOUS =
            Pattern.compile("^Was passed main parameter '(.*)' but no main parameter");

    @Parameter(
            names = {"-c", "--config"},
            description = "the configuration file; without it the embedded default runs")
    private @Nullable Path config;

    @Parameter(
            names = {"-b", "--benchmark"},
            description = "the same as the subcommand benchmark, with its options here")
    private boolean benchmark;

    @Parameter(
            names = {"-v", "--verbose"},
            description = "logs what is otherwise kept quiet")
    private boolean verbose;

    @Parameter(
            names = {"-V", "--version"},
            description = "shows the version")
    private boolean version;

    @Parameter(
            names = {"-h", "--help"},
            help = true,
            description = "shows this")
    private boolean help;

    @ParametersDelegate
    private final BenchmarkOptions benchmarkOptions = new BenchmarkOptions();

    private final Map<String, Command> commands = new TreeMap<>();

    private CommandLine() {}

    /**
     * Runs the program.
     *
     * @param arguments the program's arguments
     * @param out takes results
     * @param err takes errors
     * @return 0 fine, 1 failed while running, 2 the user's input is wrong
     */
    public static int run(String[] arguments, PrintStream out, PrintStream err) {
        try {
            return new CommandLine().parseAndRun(arguments, out);
        } catch (ParameterException e) {
            err.println("sentry: " + e.getMessage() + " (see sentry --help)");
            return Command.WRONG_INPUT;
        } catch (InvalidConfigException | PluginException | WrongInputException e) {
            err.println(e instanceof InvalidConfigException ? e.getMessage() : "sentry: " + e.getMessage());
            return Command.WRONG_INPUT;
        } catch (IOException e) {
            err.println("sentry: " + e.getMessage());
            return Command.FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Command.FAILED;
        }
    }

    private int parseAndRun(String[] arguments, PrintStream out)
            throws InvalidConfigException, PluginException, IOException, InterruptedException {
        if (isPlainStart(arguments)) {
            HeadStart.begin();
            return RunCommand.run(arguments.length == 0 ? null : Path.of(arguments[1]));
        }
        addCommands();
        JCommander.Builder builder =
                JCommander.newBuilder().programName("sentry").addObject(this);
        commands.forEach(builder::addCommand);
        JCommander parser = builder.build();
        parse(parser, arguments);
        if (verbose) {
            LogConfigurator.verbose();
        }
        Command command = parser.getParsedCommand() == null ? null : commands.get(parser.getParsedCommand());
        if (help || (command != null && command.help())) {
            out.print(Usage.of(parser, command == null ? null : parser.getParsedCommand()));
            return Command.FINE;
        }
        if (version) {
            String known = CommandLine.class.getPackage().getImplementationVersion();
            out.println("sentry " + (known == null ? "(not packaged)" : known) + ", Java " + Runtime.version());
            return Command.FINE;
        }
        if (!benchmark) {
            refuseBenchmarkOptions(parser);
        }
        if (command != null) {
            refuseServerOptions(parser.getParsedCommand());
            return command.run(out);
        }
        return benchmark ? BenchmarkCommand.run(benchmarkOptions.plan()) : RunCommand.run(config);
    }

    private static void parse(JCommander parser, String[] arguments) {
        try {
            parser.parse(arguments);
        } catch (MissingCommandException e) {
            String unknown = e.getUnknownCommand();
            throw new ParameterException(
                    "there is no command '" + unknown + "'"
                            + Nearest.hint(unknown, parser.getCommands().keySet()),
                    e);
        } catch (ParameterException e) {
            Matcher superfluous = SUPERFLUOUS.matcher(String.valueOf(e.getMessage()));
            if (!superfluous.find()) {
                throw e;
            }
            String word = superfluous.group(1);
            throw new ParameterException("'" + word + (word.startsWith("-") ? "' is no option" : "' is too much"), e);
        } catch (ArrayIndexOutOfBoundsException e) {
            // JCommander looks for the value of an option behind the end of all options.
            throw new ParameterException("an option before -- has no value", e);
        }
    }

    /** They say nothing to a server, and those of the subcommand stand behind it: they would be passed over in silence. */
    private static void refuseBenchmarkOptions(JCommander parser) {
        String given = parser.getParameters().stream()
                .filter(parameter -> parameter.isAssigned() && parameter.getObject() instanceof BenchmarkOptions)
                .map(ParameterDescription::getLongestName)
                .sorted()
                .collect(Collectors.joining(", "));
        if (!given.isEmpty()) {
            throw new ParameterException(given
                    + " given without a benchmark: expected 'sentry benchmark' before it, or --benchmark beside it");
        }
    }

    /** A command has its own options, behind its name: these would be passed over in silence. */
    private void refuseServerOptions(String command) {
        if (config != null) {
            throw new ParameterException("-c before the command '" + command + "' is for a server that starts: expected"
                    + " 'sentry " + command + " -c " + config + "'");
        }
        if (benchmark) {
            throw new ParameterException("--benchmark beside the command '" + command + "': expected one of them");
        }
    }

    /** A server that starts need not wait for all options to be gathered. */
    private static boolean isPlainStart(String[] arguments) {
        return arguments.length == 0
                || (arguments.length == 2 && (arguments[0].equals("-c") || arguments[0].equals("--config")));
    }

    private void addCommands() {
        commands.put("check", new CheckCommand());
        commands.put("explain", new ExplainCommand());
        commands.put("new-plugin", new NewPluginCommand());
        commands.put("plugins", new PluginsCommand());
        commands.put("benchmark", new BenchmarkCommand());
        commands.put("top", new TopCommand());
    }
}
