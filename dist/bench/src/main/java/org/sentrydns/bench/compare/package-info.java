/**
 * The parts of {@code dist/bench/compare} that are clumsy in a shell, a program each.
 *
 * <p>In: arguments, and dnsperf's output. Out: input files of all servers ({@link org.sentrydns.bench.compare.Inputs}), the
 * moment of a first answer ({@link org.sentrydns.bench.compare.FirstAnswer}), percentiles
 * ({@link org.sentrydns.bench.compare.Latencies}), tables and picture ({@link org.sentrydns.bench.compare.Report}).
 */
@NullMarked
package org.sentrydns.bench.compare;

import org.jspecify.annotations.NullMarked;
