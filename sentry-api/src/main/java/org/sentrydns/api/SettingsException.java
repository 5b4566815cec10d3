package org.sentrydns.api;

/**
 * Settings of a plugin that it cannot work with: what is wrong, and under which key.
 *
 * @since 1.0
 */
public class SettingsException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String key;

    /**
     * For what only the plugin can see.
     *
     * @param key the key that is wrong, or an empty text for the settings as a whole
     * @param message what is wrong and what was expected; the server adds the place
     * @since 1.0
     */
    public SettingsException(String key, String message) {
        super(message);
        this.key = key;
    }

    /**
     * The key that is wrong.
     *
     * @return the key, or an empty text for the settings as a whole
     * @since 1.0
     */
    public final String key() {
        return key;
    }
}
