package org.sentrydns.server.plugin;

import java.nio.file.Path;
import org.sentrydns.api.RuleType;

/**
 * A verb and who brought it.
 *
 * @param type reads the verb's rule lines
 * @param jar the file it came in
 * @param version the version of that plugin
 * @param id its id
 */
public record Verb(RuleType type, Path jar, String version, String id) {
    /** What a verb's name consists of, for messages. */
    public static final String LETTERS = "lower-case letters, digits and hyphens behind a lower-case letter";

    /** Whether that can be a verb's name. */
    public static boolean isName(String name) {
        return name.matches("[a-z][a-z0-9-]*");
    }

    /** The same, for one whose settings have mistakes: its lines are not to be blamed for that. */
    Verb withoutSettings() {
        return new Verb(new UnreadyRuleType(type), jar, version, id);
    }
}
