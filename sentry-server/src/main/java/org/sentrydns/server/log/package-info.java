/**
 * The log's form and place, for Logback. Loaded by Logback itself through {@link java.util.ServiceLoader}, unless the user
 * brings a configuration file ({@code -Dlogback.configurationFile}).
 * {@link org.sentrydns.server.log.Muted} keeps it quiet about rules that are only tried.
 */
@NullMarked
package org.sentrydns.server.log;

import org.jspecify.annotations.NullMarked;
