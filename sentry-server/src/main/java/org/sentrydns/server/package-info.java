/**
 * The server: {@link org.sentrydns.server.Main} reads the arguments, {@link org.sentrydns.server.SentryServer} builds the
 * rooms in order, starts them and stops them in reverse.
 *
 * <p>The rooms: {@code config} reads the file, {@code plugin} the jars, {@code list} the domain lists, {@code rule} the rule
 * lines, whose expressions {@code regex} finds; {@code edition} is all of that together, to be replaced at once. {@code loop}
 * waits for datagrams and carries the queries; {@code listen} takes messages from clients, {@code query} handles each,
 * {@code cache} keeps replies, {@code upstream} asks other resolvers; {@code wire} knows messages as bytes. {@code stats}
 * counts; {@code observe} hears how each query ended and tells {@code querylog}, {@code dnstap} and {@code admin}, the HTTP
 * side, which {@code top} reads. {@code log} sets up the log, {@code warmup} exercises a server that has just started,
 * {@code benchmark} loads servers, {@code cli} has a class a subcommand.
 */
@NullMarked
package org.sentrydns.server;

import org.jspecify.annotations.NullMarked;
