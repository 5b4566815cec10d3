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

    /** The same, for one whose settings have mistakes: its lines are not to be blamed for that. */
    Verb withoutSettings() {
        return new Verb(new UnreadyRuleType(type), jar, version, id);
    }
}
