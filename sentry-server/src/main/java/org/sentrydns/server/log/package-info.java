/**
 * The log's form and place, for Logback. The program installs {@link org.sentrydns.server.log.LogProvider}; where it does
 * not, as in tests, or where the user brings a configuration file ({@code -Dlogback.configurationFile}), SLF4J and Logback
 * look for what they need by themselves, through {@link java.util.ServiceLoader}.
 * {@link org.sentrydns.server.log.LogStream} takes the lines, so that no query waits for whoever reads them;
 * {@link org.sentrydns.server.log.Muted} keeps it quiet about rules that are only tried.
 */
@NullMarked
package org.sentrydns.server.log;

import org.jspecify.annotations.NullMarked;
