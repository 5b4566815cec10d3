package org.sentrydns.server.list;

/** A line cannot be read; the message says why, and what was expected. A list may hold a million of them: no stack. */
final class UnreadableLineException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableLineException(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
