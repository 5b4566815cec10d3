/**
 * The distribution, from outside: a config file goes in, what dig and others see comes out.
 *
 * <p>The fixtures start programs and end them: {@link org.sentrydns.e2e.RunningSentry}, {@link org.sentrydns.e2e.Nsd}
 * and {@link org.sentrydns.e2e.Daemon} stay until they are closed, {@link org.sentrydns.e2e.Tool} runs one to its end. A
 * missing program fails the test. Everything happens on loopback addresses and free ports, in temporary folders.
 */
@NullMarked
package org.sentrydns.e2e;

import org.jspecify.annotations.NullMarked;
