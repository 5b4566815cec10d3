package org.sentrydns.server.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the groups of clients. */
final class GroupSettings {
    private GroupSettings() {}

    static Map<String, List<AddressBlock>> read(Section top) {
        Map<String, List<AddressBlock>> groups = new LinkedHashMap<>();
        top.section("groups", section -> {
            for (String name : section.names("a group's name")) {
                List<JsonValue.Text> members =
                        section.value(name).map(section::texts).orElse(List.of());
                groups.put(name, blocks(section, members));
            }
        });
        return groups;
    }

    private static List<AddressBlock> blocks(Section section, List<JsonValue.Text> members) {
        List<AddressBlock> blocks = new ArrayList<>();
        for (JsonValue.Text member : members) {
            AddressBlock.parse(member.value())
                    .ifPresentOrElse(
                            blocks::add,
                            () -> section.problem(
                                    member,
                                    "'" + member.value() + "' is no client: expected an address (192.168.1.20) "
                                            + "or a block (192.168.7.0/24, no bits behind the prefix)"));
        }
        return List.copyOf(blocks);
    }
}
