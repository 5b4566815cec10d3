package org.sentrydns.server.log;

/** Says which of many like events are worth a line in the log: the first, the tenth, the hundredth and so on. */
public final class Milestones {
    private Milestones() {}

    /**
     * Whether this time is worth a line.
     *
     * @param times how often it has happened, this time included; not negative
     */
    public static boolean isOne(long times) {
        long left = times;
        while (left > 0 && left % 10 == 0) {
            left /= 10;
        }
        return left == 1;
    }
}
