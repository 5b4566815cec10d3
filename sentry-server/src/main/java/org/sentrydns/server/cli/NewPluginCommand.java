package org.sentrydns.server.cli;

import com.beust.jcommander.Parameter;
import com.beust.jcommander.Parameters;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sentrydns.server.plugin.PluginException;
import org.sentrydns.server.plugin.PluginHost;
import org.sentrydns.server.plugin.Verb;

@Parameters(commandDescription = "makes a folder with a Maven project of a rule verb of your own")
final class NewPluginCommand extends Command {
    @Parameter(description = "NAME, the verb: it is also the name of the folder", required = true)
    private @Nullable String name;

    @Override
    int run(PrintStream out) throws IOException, PluginException {
        String verb = name == null ? "" : name;
        if (!Verb.isName(verb)) {
            throw new WrongInputException("'" + verb + "' cannot be a verb: expected " + Verb.LETTERS);
        }
        String home = System.getProperty("sentry.home");
        if (home == null) {
            throw new WrongInputException("this works from a distribution only: expected bin/sentry to be called");
        }
        Path folder = Path.of(verb);
        if (Files.exists(folder)) {
            throw new WrongInputException("the folder " + verb + " exists already");
        }
        refuseTwin(verb, Path.of(home, "plugins"));
        new PluginProject(verb, Path.of(home).toAbsolutePath().normalize()).write(folder);
        out.println(verb + "/ is a Maven project: 'mvn verify' in it leaves target/" + verb + ".jar");
        return FINE;
    }

    /** A jar of the verb's own name may be there: the new one takes its place. */
    private static void refuseTwin(String verb, Path own) throws IOException, PluginException {
        try (PluginHost plugins = PluginHost.load(List.of(own))) {
            Verb twin = plugins.verbs().get(verb);
            if (twin != null && !twin.jar().getFileName().toString().equals(verb + ".jar")) {
                throw new WrongInputException(
                        "there is a verb '" + verb + "' already, of " + twin.jar() + ": expected another name");
            }
        }
    }
}
