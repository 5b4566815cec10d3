package org.sentrydns.server.stats;

import java.util.List;

/** Draws tables in plain characters. */
public final class TextTable {
    private TextTable() {}

    /**
     * A row.
     *
     * @param left the first cell
     * @param right the second cell
     */
    public record Row(String left, String right) {}

    /** Draws the heading and the rows between rulers, lines parted by line feeds. */
    public static String draw(Row heading, List<Row> rows) {
        return draw(
                List.of(heading.left(), heading.right()),
                rows.stream().map(row -> List.of(row.left(), row.right())).toList());
    }

    /** The same for any number of columns, as many in each row as in the heading. */
    public static String draw(List<String> heading, List<List<String>> rows) {
        int[] widths = heading.stream().mapToInt(String::length).toArray();
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder ruler = new StringBuilder("+");
        for (int width : widths) {
            ruler.append("-".repeat(width + 2)).append('+');
        }
        StringBuilder table = new StringBuilder(ruler).append('\n');
        append(table, heading, widths);
        table.append('\n').append(ruler).append('\n');
        for (List<String> row : rows) {
            append(table, row, widths);
            table.append('\n');
        }
        if (!rows.isEmpty()) {
            table.append(ruler);
        } else {
            table.setLength(table.length() - 1);
        }
        return table.toString();
    }

    private static void append(StringBuilder table, List<String> row, int[] widths) {
        table.append('|');
        for (int i = 0; i < widths.length; i++) {
            String cell = row.get(i);
            table.append(' ')
                    .append(cell)
                    .append(" ".repeat(widths[i] - cell.length()))
                    .append(" |");
        }
    }
}
