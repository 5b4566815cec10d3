package org.sentrydns.server.benchmark;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** One line on a terminal, written over and over. Confined to one thread. */
public final class ProgressBar implements ProgressListener {

    private static final int COLUMNS = 79;
    private static final int CELLS = 32;

    private final PrintStream out;
    private final Duration duration;

    /** @param duration the plan's duration; it drives the bar when it is nearer to its end than the number of queries */
    public ProgressBar(PrintStream out, Duration duration) {
        this.out = out;
        this.duration = duration;
    }

    @Override
    public void progress(long sent, long done, long total, Duration elapsed) {
        double byCount = total == 0 ? 0 : (double) done / total;
        double byTime = duration.isZero() ? 0 : (double) elapsed.toNanos() / duration.toNanos();
        double share = Math.min(1, Math.max(byCount, byTime));
        int filled = (int) (share * CELLS);
        double seconds = Math.max(elapsed.toNanos() / 1e9, 1e-3);
        String bar = "#".repeat(filled) + ".".repeat(CELLS - filled);
        show(String.format(
                Locale.ROOT, "[%s] %3.0f%% %d queries, %.0f/s", bar, Math.floor(share * 100), done, done / seconds));
    }

    /** Wipes the line, for what is written next. */
    public void clear() {
        show("");
        out.print('\r');
        out.flush();
    }

    private void show(String line) {
        String fitted = line.length() > COLUMNS ? line.substring(0, COLUMNS) : line;
        out.print("\r" + fitted + " ".repeat(COLUMNS - fitted.length()));
        out.flush();
    }
}
