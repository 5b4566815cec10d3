/**
 * What is counted, and the tables that show it.
 *
 * <p>In: one call for each thing that happens, from any thread. Out: the two statistics tables. Counting takes no lock
 * that a query could wait for once its name is known; the memory for names is bounded, however many names are asked. The
 * clock that times are taken from is here too.
 */
@NullMarked
package org.sentrydns.server.stats;

import org.jspecify.annotations.NullMarked;
