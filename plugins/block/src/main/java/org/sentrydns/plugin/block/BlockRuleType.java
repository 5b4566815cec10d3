package org.sentrydns.plugin.block;

import org.sentrydns.api.Rule;
import org.sentrydns.api.RuleSyntaxException;
import org.sentrydns.api.RuleText;
import org.sentrydns.api.RuleType;

/** Immutable. {@code block S [with …]}: a reply without an answer, or none. */
public final class BlockRuleType implements RuleType {
    private static final int DEFAULT_TTL = 300;
    private static final int MAX_TTL = 86_400;

    /** For {@link java.util.ServiceLoader}. */
    public BlockRuleType() {}

    @Override
    public String verb() {
        return "block";
    }

    @Override
    public String syntax() {
        return "block S [with nodata|nxdomain|refused|null|drop] [ttl SECONDS]";
    }

    @Override
    public boolean alwaysDecides() {
        return true;
    }

    @Override
    public boolean blocks() {
        return true;
    }

    @Override
    public boolean timed() {
        return false;
    }

    @Override
    public Rule compile(RuleText text) throws RuleSyntaxException {
        BlockRule.With with = text.accept("with") ? with(text) : BlockRule.With.NOTHING;
        int ttl = text.accept("ttl") ? ttl(text, with) : DEFAULT_TTL;
        text.end();
        return new BlockRule(text.subject(), text.conditional(), with, ttl);
    }

    private static int ttl(RuleText text, BlockRule.With with) throws RuleSyntaxException {
        boolean remembered = switch (with) {
            case NODATA, NXDOMAIN, NULL -> true;
            // A list may say what should happen.
            case NOTHING -> text.subject().startsWith("@");
            case REFUSED, DROP -> false;
        };
        if (!remembered) {
            throw text.error("this reply is not remembered: expected ttl behind with nodata, nxdomain or null only");
        }
        String seconds = text.word("seconds");
        int ttl = seconds.matches("[0-9]{1,6}") ? Integer.parseInt(seconds) : -1;
        if (ttl < 0 || ttl > MAX_TTL) {
            throw text.error("expected seconds from 0 to " + MAX_TTL);
        }
        return ttl;
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
