package org.sentrydns.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The statistics tables in a log. Immutable.
 *
 * @param systems how many tables of metrics are whole
 * @param domains how many tables of names are whole
 * @param broken the lines that a table should have gone on with
 */
record StatisticsTables(int systems, int domains, List<String> broken) {
    private static final Pattern ROW = Pattern.compile("\\| \\S+ +\\| \\S+ +\\|");

    /** Reads all of a log's tables; one that the log ends within counts neither as whole nor as broken. */
    static StatisticsTables in(String log) {
        List<String> lines = log.lines().toList();
        List<String> broken = new ArrayList<>();
        int systems = 0;
        int domains = 0;
        for (int i = 0; i < lines.size(); i++) {
            boolean system = lines.get(i).stripTrailing().endsWith("INFO: system stats:");
            if (system || lines.get(i).stripTrailing().endsWith("INFO: domain stats:")) {
                int end = end(lines, i + 1);
                if (end < lines.size() && !isBorder(lines.get(end))) {
                    broken.add(lines.get(end));
                } else if (end < lines.size()) {
                    systems += system ? 1 : 0;
                    domains += system ? 0 : 1;
                }
            }
        }
        return new StatisticsTables(systems, domains, List.copyOf(broken));
    }

    /** The index of the last border, or of the first line that does not fit. A table without rows has two borders. */
    private static int end(List<String> lines, int start) {
        int borders = 0;
        int secondBorder = -1;
        int i = start;
        while (i < lines.size()) {
            String line = lines.get(i);
            if (isBorder(line)) {
                borders++;
                secondBorder = borders == 2 ? i : secondBorder;
            } else if (borders == 0 || !ROW.matcher(line).matches()) {
                return i - 1 == secondBorder ? secondBorder : i;
            }
            if (borders == 3) {
                return i;
            }
            i++;
        }
        return i;
    }

    private static boolean isBorder(String line) {
        return line.strip().matches("\\+-+\\+-+\\+");
    }
}
