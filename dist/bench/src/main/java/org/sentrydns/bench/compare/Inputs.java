package org.sentrydns.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sentrydns.bench.Names;
import org.sentrydns.bench.Patterns;
import org.sentrydns.bench.Sample;

/** Writes names for dnsperf, expressions and lists into a folder. */
public final class Inputs {
    private static final int ASKED = 2000;

    private final Path folder;

    private Inputs(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException {
        Inputs inputs = new Inputs(Path.of(arguments[0]));
        inputs.ask("block", IntStream.range(0, ASKED).mapToObj(i -> "w" + i + ".blocked.test"));
        inputs.ask("cached", Names.asked(10_000).stream());
        inputs.ask("random", IntStream.range(0, 500_000).mapToObj(i -> "r" + Integer.toString(i, 36) + ".example.com"));
        inputs.ask("hang", IntStream.range(0, ASKED).mapToObj(i -> "a".repeat(28 + i % 8) + "b" + i + ".test"));
        for (int count : List.of(1, 100, 1_000, 10_000, 100_000)) {
            inputs.expressions("regex-" + count, Patterns.first(count));
            inputs.expressions("literal-" + count, Patterns.firstLiteral(count));
        }
        for (int count : List.of(10_000, 100_000, 1_000_000)) {
            List<String> listed = Names.listed(count);
            Files.write(inputs.folder.resolve("list-" + count), listed);
            inputs.ask("list-" + count, Names.askedOfList(ASKED, listed).stream());
        }
    }

    private void expressions(String name, List<Sample> samples) throws IOException {
        write(name, samples.stream().map(Sample::regex));
        write("rules-" + name, samples.stream().map(s -> "\"block " + json(s.regex()) + " with refused\","));
        ask(name, Names.asked(ASKED, samples).stream());
    }

    /** The expressions hold no quotation marks. */
    private static String json(String regex) {
        return regex.replace("\\", "\\\\");
    }

    private void ask(String file, Stream<String> names) throws IOException {
        write("names-" + file, names.map(name -> name + " A"));
    }

    private void write(String file, Stream<String> lines) throws IOException {
        Files.write(folder.resolve(file), lines.toList());
    }
}
