package org.sentrydns.server.stats;

import java.util.List;

/** Draws a table with two columns in plain characters. */
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
        int left = heading.left().length();
        int right = heading.right().length();
        for (Row row : rows) {
            left = Math.max(left, row.left().length());
            right = Math.max(right, row.right().length());
        }
        String ruler = "+" + "-".repeat(left + 2) + "+" + "-".repeat(right + 2) + "+";
        StringBuilder table = new StringBuilder(ruler).append('\n');
        append(table, heading, left, right);
        table.append('\n').append(ruler).append('\n');
        for (Row row : rows) {
            append(table, row, left, right);
            table.append('\n');
        }
        if (!rows.isEmpty()) {
            table.append(ruler);
        } else {
            table.setLength(table.length() - 1);
        }
        return table.toString();
    }

    private static void append(StringBuilder table, Row row, int left, int right) {
        table.append("| ")
                .append(row.left())
                .append(" ".repeat(left - row.left().length()));
        table.append(" | ")
                .append(row.right())
                .append(" ".repeat(right - row.right().length()));
        table.append(" |");
    }
}
