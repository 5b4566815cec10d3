package org.sentrydns.plugin.block;

import org.sentrydns.api.Rule;
import org.sentrydns.api.RuleSyntaxException;
import org.sentrydns.api.RuleText;
import org.sentrydns.api.RuleType;

/** Immutable. {@code block S [with …]}: a reply without an answer, or none. */
public final class BlockRuleType implements RuleType {

    /** For {@link java.util.ServiceLoader}. */
    public BlockRuleType() {}

    @Override
    public String verb() {
        return "block";
    }

    @Override
    public String syntax() {
        return "block S [with nodata|nxdomain|refused|null|drop]";
    }

    @Override
    public Rule compile(RuleText text) throws RuleSyntaxException {
        BlockRule.With with = text.accept("with") ? with(text) : BlockRule.With.NOTHING;
        text.end();
        return new BlockRule(text.subject(), text.conditional(), with);
    }

    private static BlockRule.With with(RuleText text) throws RuleSyntaxException {
        return switch (text.oneOf("nodata", "nxdomain", "refused", "null", "drop")) {
            case "nodata" -> BlockRule.With.NODATA;
            case "nxdomain" -> BlockRule.With.NXDOMAIN;
            case "refused" -> BlockRule.With.REFUSED;
            case "null" -> BlockRule.With.NULL;
            default -> BlockRule.With.DROP;
        };
    }
}
