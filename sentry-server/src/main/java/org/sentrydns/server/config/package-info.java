/**
 * The configuration file, read with positions.
 *
 * <p>In: a path or the embedded default. Out: {@link org.sentrydns.server.config.Config}, records that hold only valid
 * values, and every mistake as a {@link org.sentrydns.server.config.Problem} with file, line and column. Rule lines leave
 * this room as located text ({@link org.sentrydns.server.config.RuleSource}); the room {@code rule} reads them and adds
 * its problems to the same list, so that all are shown at once.
 */
@NullMarked
package org.sentrydns.server.config;

import org.jspecify.annotations.NullMarked;
