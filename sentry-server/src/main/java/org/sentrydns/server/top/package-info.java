/**
 * The figures of a running server in a terminal.
 *
 * <p>In: the HTTP API of a server, at an address. Out: a screen that is drawn anew each second until q is pressed, or once
 * as plain text. Knows no other room: it may run on another machine than the server.
 */
@NullMarked
package org.sentrydns.server.top;

import org.jspecify.annotations.NullMarked;
