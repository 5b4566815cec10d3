/**
 * The command line: one class a subcommand, each with the options it takes.
 *
 * <p>In: the program's arguments. Out: an exit code, and text for the user: results on standard output, errors and the log
 * on standard error.
 */
@NullMarked
package org.sentrydns.server.cli;

import org.jspecify.annotations.NullMarked;
