/**
 * Tries rule verbs.
 *
 * <p>Two ways lead in. {@link org.sentrydns.testkit.RuleLine} compiles one rule line and asks it, in memory: most tests need
 * nothing else. {@link org.sentrydns.testkit.SentryExtension} starts a real Sentry with the plugin under test for a JUnit class
 * and asks it over the network. {@link org.sentrydns.testkit.TestQuery} and {@link org.sentrydns.testkit.TestContext} are what a
 * rule sees of the server.
 */
@NullMarked
package org.sentrydns.testkit;

import org.jspecify.annotations.NullMarked;
