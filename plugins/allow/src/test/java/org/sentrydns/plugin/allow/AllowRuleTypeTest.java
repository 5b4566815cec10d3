package org.sentrydns.plugin.allow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.RuleSyntaxException;
import org.sentrydns.testkit.RuleLine;

final class AllowRuleTypeTest {

    @Test
    void allow_matchingQuery_passesOverBlockRules() throws Exception {
        try (RuleLine line = RuleLine.of("allow ^www if type is A")) {
            assertEquals(Outcome.passOver("block"), line.ask("www.example.com AAAA"));
        }
    }

    @Test
    void compile_arguments_saysWhereAndWhat() {
        RuleSyntaxException error = RuleLine.mistake("allow ^a please");
        assertEquals("expected 'if' or the end of the rule", error.getMessage());
        assertEquals(10, error.column());
    }
}
