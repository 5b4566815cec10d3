package org.sentrydns.server.top;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The terminal while a screen is shown: keys come one by one, unseen, and its own screen comes back at the end, also when
 * a signal ends the program. Confined to one thread. Java has no way to a terminal's modes; stty does, on Linux and macOS.
 */
final class Terminal implements AutoCloseable {
    private static final String OTHER_SCREEN = "\033[?1049h\033[?25l";
    private static final String OWN_SCREEN = "\033[?25h\033[?1049l";
    private static final String HOME = "\033[H";
    private static final String CLEAR_LINE = "\033[K";
    private static final String CLEAR_BELOW = "\033[J";

    private final String modes;
    private final Thread restore;

    Terminal() throws IOException, InterruptedException {
        modes = stty("-g");
        restore = new Thread(this::restore);
        Runtime.getRuntime().addShutdownHook(restore);
        stty("-icanon", "-echo", "min", "0", "time", "0");
        write(OTHER_SCREEN);
    }

    /** Rows and columns; the usual ones if the terminal does not say. */
    Screen screen() throws IOException, InterruptedException {
        String[] size = stty("size").split(" ", -1);
        boolean known = size.length == 2 && size[0].matches("[1-9][0-9]*") && size[1].matches("[1-9][0-9]*");
        return known ? new Screen(Integer.parseInt(size[1]), Integer.parseInt(size[0])) : new Screen(80, 24);
    }

    void show(List<String> lines, int rows) {
        StringBuilder text = new StringBuilder(HOME);
        for (String line : lines.subList(0, Math.min(lines.size(), rows - 1))) {
            text.append(line).append(CLEAR_LINE).append("\r\n");
        }
        write(text.append(CLEAR_BELOW).append("q quits").toString());
    }

    /** Waits that long for a key; whether it was q. */
    static boolean isQuit(long millis) throws IOException, InterruptedException {
        InputStream keys = System.in;
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() - end < 0) {
            while (keys.available() > 0) {
                int key = keys.read();
                if (key == 'q' || key == 'Q') {
                    return true;
                }
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return false;
    }

    private static String stty(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("stty");
        builder.command().addAll(List.of(arguments));
        Process process = builder.redirectInput(new File("/dev/tty"))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException("stty does not work here: " + said);
        }
        return said;
    }

    private static void write(String text) {
        System.out.print(text);
        System.out.flush();
    }

    private void restore() {
        write(OWN_SCREEN);
        try {
            stty(modes);
        } catch (IOException e) {
            System.err.println("sentry: the terminal's modes cannot be restored: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(restore);
        restore();
    }
}
