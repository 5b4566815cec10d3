package org.sentrydns.api;

/**
 * What the server gives to a plugin when it starts it. Thread-safe, and valid until the plugin is closed.
 *
 * @since 1.0
 */
public interface PluginContext {

    /**
     * The plugin's id.
     *
     * @return the {@code Plugin-Id} of its manifest, or the name of its file without the ending
     * @since 1.0
     */
    String id();

    /**
     * The plugin's settings: the object {@code "plugin_settings": {"ID": {…}}} of the configuration. Each component of the
     * record is a key of it, spelled the same or, for a component such as {@code baseUrl}, as {@code base_url}. A component
     * is a String, boolean, int, long, double, {@link java.math.BigDecimal}, {@link java.time.Duration} (seconds),
     * {@link java.nio.file.Path} (relative to the configuration file's folder), {@link java.net.URI}, an enum (its names in
     * lower case), a record, or a List, Map with text keys, or {@link java.util.Optional} of those. A list, map or Optional
     * is empty if its key is missing; all others must be there. What the record's constructor refuses with an
     * {@link IllegalArgumentException} is a mistake of the user's as well.
     *
     * <p>To be read in {@link RuleType#start}; what was read there is given again later. The server starts each jar that is
     * there, whether or not a rule has its verb: a plugin that cannot do without settings can keep what is missing until
     * {@link RuleType#compile}.
     *
     * @param <R> the record
     * @param type the record's class
     * @return the settings
     * @throws SettingsException if they are wrong; let it go on to the server, which shows every mistake with its place in
     *     the file and does not start
     * @throws IllegalArgumentException if the record, or one in it, has a component of another type
     * @throws IllegalStateException if the plugin has started, and has not read them then
     * @since 1.0
     */
    <R extends Record> R settings(Class<R> type) throws SettingsException;

    /**
     * A metric of the plugin's own: a row {@code plugin.ID.NAME} of the statistics.
     *
     * @param name lower-case letters, digits, dots and underscores
     * @return the counter; the same for the same name
     * @throws IllegalArgumentException if the name has other characters
     * @since 1.0
     */
    Counter counter(String name);

    /**
     * The plugin's log, under the name {@code sentry.plugin.ID}.
     *
     * @return the log
     * @since 1.0
     */
    System.Logger log();
}
