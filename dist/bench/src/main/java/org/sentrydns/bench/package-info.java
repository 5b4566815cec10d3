/**
 * What the hot parts cost, and the material to measure them with.
 *
 * <p>In: a number. Out: that many expressions ({@link org.sentrydns.bench.Patterns}), listed names and names that are asked
 * for ({@link org.sentrydns.bench.Names}), the same ones each time. The benchmarks measure the rule index and domain lists
 * with them; {@code dist/bench/compare} writes them into its servers' configurations.
 */
@NullMarked
package org.sentrydns.bench;

import org.jspecify.annotations.NullMarked;
