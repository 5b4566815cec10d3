/**
 * The load generator: it asks one DNS server many questions and measures the replies.
 *
 * <p>In goes a {@link org.sentrydns.server.benchmark.BenchmarkPlan}, out comes a {@link
 * org.sentrydns.server.benchmark.BenchmarkResult} whose rows carry the original's metric names. {@link
 * org.sentrydns.server.benchmark.Benchmark#run} joins the parts: names from a file or the built-in list ({@code
 * Names}), a schedule that says when which query is due ({@code QueryFeed}), a load that sends them ({@code UdpLoad},
 * {@code TcpLoad}) and a tally. Names leave in the order of their list, so two runs ask the same questions.
 *
 * <p>Only the command line calls this room. It knows nothing of the proxy and measures any DNS server.
 */
@NullMarked
package org.sentrydns.server.benchmark;

import org.jspecify.annotations.NullMarked;
