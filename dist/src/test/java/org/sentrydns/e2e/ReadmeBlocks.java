package org.sentrydns.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the fenced blocks of a README. */
final class ReadmeBlocks {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\n(.*?)^```$");

    private ReadmeBlocks() {}

    /**
     * A fenced block.
     *
     * @param chapter the last heading of the second level above it
     * @param language what stands behind the three backticks
     * @param text what is in it
     */
    record Block(String chapter, String language, String text) {}

    /**
     * A command of a console block.
     *
     * @param line without the prompt
     * @param output the lines that its output must have, in this order; … stands for anything
     */
    record Command(String line, List<String> output) {

        @Override
        public String toString() {
            return line;
        }

        /** Fails unless the lines are in what was written, whatever the spaces. */
        void assertMatches(Tool.Ran ran) {
            int next = 0;
            List<String> written = ran.lines();
            for (String expected : output) {
                Pattern pattern = pattern(expected);
                int from = next;
                while (next < written.size()
                        && !pattern.matcher(written.get(next)).matches()) {
                    next++;
                }
                if (next == written.size()) {
                    throw new AssertionError("$ " + line + "\nexpected, behind line " + from + ": " + expected
                            + "\nbut got:\n" + String.join("\n", written));
                }
                next++;
            }
        }

        private static Pattern pattern(String expected) {
            StringBuilder pattern = new StringBuilder();
            for (String part : expected.split("…", -1)) {
                pattern.append(pattern.isEmpty() ? "" : ".*").append(part.isEmpty() ? "" : Pattern.quote(part));
            }
            return Pattern.compile(expected.startsWith("…") ? ".*" + pattern : pattern.toString());
        }
    }

    static List<Block> of(Path readme) throws IOException {
        String text = Files.readString(readme);
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            blocks.add(new Block(chapter(text.substring(0, matcher.start())), matcher.group(1), matcher.group(2)));
        }
        return blocks;
    }

    private static String chapter(String before) {
        int heading = before.lastIndexOf("\n## ");
        return heading < 0 ? "" : before.substring(heading + 4, before.indexOf('\n', heading + 1));
    }

    /** The text of a chapter, blocks and all. */
    static String chapter(Path readme, String title) throws IOException {
        String text = Files.readString(readme);
        int start = text.indexOf("\n## " + title + "\n");
        if (start < 0) {
            throw new AssertionError("no chapter " + title + " in " + readme);
        }
        int end = text.indexOf("\n## ", start + 1);
        return end < 0 ? text.substring(start) : text.substring(start, end);
    }

    static List<Command> commands(Block block) {
        List<Command> commands = new ArrayList<>();
        for (String line : Tool.lines(block.text())) {
            if (line.startsWith("$ ")) {
                commands.add(new Command(line.substring(2), new ArrayList<>()));
            } else if (commands.isEmpty()) {
                throw new AssertionError("a console block starts with '$ ' and a command: " + block);
            } else {
                commands.getLast().output().add(line);
            }
        }
        return commands;
    }
}
