package org.sentrydns.server.top;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScreenTest {

    private static JsonNode json(String text) {
        try {
            return new JsonMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static Figures figures(String name) {
        return new Figures(
                json(
                        "{'version':'1','uptime_seconds':7300,'queries':2000,'queries_per_second':12,'queries_blocked':500,"
                                + "'cache':{'hits':3,'misses':1},'latency_ms':{'p50':0.05,'p99':12}}"),
                json("{'queries':[0,5,10]}"),
                json("{'names':[{'name':'" + name + "','queries':7}],'blocked':[],'clients':[]}"),
                json("{'upstreams':[{'name':'192.0.2.1:53','asked':3,'won':2,'down':true}]}"),
                json("{'rules':[{'number':1,'text':'log ^a','hits':1},{'number':2,'text':'block ^b','hits':9}]}"));
    }

    @Test
    void draw_showsFiguresAndTheRulesUsedMostFirst() {
        List<String> lines = new Screen(100, 40).draw(figures("www.test."));
        String text = String.join("\n", lines);

        assertTrue(lines.getFirst().contains("up 2 h  12 q/s  2,000 queries  blocked 25 %"), text);
        assertTrue(text.contains("cache 75 %"), text);
        assertTrue(text.contains("▁▄█"), text);
        assertTrue(text.contains("192.0.2.1:53 (down)"), text);
        assertTrue(text.contains("      7 www.test."), text);
        assertTrue(text.indexOf("block ^b") < text.indexOf("log ^a"), text);
    }

    @Test
    void draw_ofANameThatWouldSteerTheTerminal_makesItHarmless() {
        String text = String.join("", new Screen(100, 40).draw(figures("\\u001b[2Jx\\u009b1A")));

        assertTrue(text.chars().noneMatch(Character::isISOControl), text);
        assertTrue(text.contains("?[2Jx?1A"), text);
    }

    @Test
    void draw_onASmallScreen_isNoWiderThanThat() {
        for (String line : new Screen(40, 20).draw(figures("a.very.long.name.that.does.not.fit.anywhere.test."))) {
            assertTrue(line.length() <= 40, line);
        }
    }
}
