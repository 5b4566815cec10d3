package org.sentrydns.server.plugin;

import java.nio.file.Path;

/** A jar that cannot be used. The message is one sentence that names it. */
public final class PluginException extends Exception {
    private static final long serialVersionUID = 1L;

    PluginException(Path jar, String reason, Throwable cause) {
        super("plugin " + jar + " " + reason, cause);
    }

    PluginException(Path jar, String reason) {
        super("plugin " + jar + " " + reason);
    }
}
