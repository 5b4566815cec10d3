/**
 * The log's form and place, for Logback. Loaded by Logback itself through {@link java.util.ServiceLoader}, unless the user
 * brings a configuration file ({@code -Dlogback.configurationFile}).
 */
@NullMarked
package org.sentrydns.server.log;

import org.jspecify.annotations.NullMarked;
