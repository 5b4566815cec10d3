package org.sentrydns.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sentrydns.server.edition.Edition;
import org.sentrydns.server.plugin.JarMaker;
import org.sentrydns.server.rule.Inquiry;
import org.sentrydns.server.rule.Question;
import org.sentrydns.server.upstream.FakeUpstream;
import org.sentrydns.server.upstream.Replies;

/** Really asking shows why a reply is not what the upstream sent. */
final class TrialTest {
    @TempDir
    Path folder;

    private Trial trial(String settings, String name, String... answers) throws Exception {
        Path plugins = Files.createDirectory(folder.resolve("plugins"));
        new JarMaker(plugins).ruleType("Block", "block", "").write("block.jar");
        try (FakeUpstream upstream =
                FakeUpstream.start(question -> question.reply(Replies.with(question.bytes(), 0, answers)))) {
            new JarMaker(plugins).forwarding("Pass", "pass", upstream.port()).write("pass.jar");
            try (Edition edition = Edition.read(config(settings), verb -> new LongAdder())) {
                Inquiry inquiry = Question.parse(name).inquiry();
                return Trial.of(
                        edition, inquiry, edition.rules().explain(inquiry).verdict());
            }
        }
    }

    private Path config(String settings) throws IOException {
        return Files.writeString(
                folder.resolve("s.json"),
                "{ \"plugins\": \"plugins\", " + settings + " \"rules\": [ \"block ^ads\", \"pass ^\" ] }");
    }

    @Test
    void reply_thatLeadsToABlockedName_namesTheRule() throws Exception {
        Trial trial = trial("", "shop.test", "CNAME ads.test.");
        assertEquals(Optional.of("'block ^ads' (" + folder.resolve("s.json") + ":1): NOERROR"), trial.overruled());
        assertEquals(
                List.of("NOERROR"), trial.legs().stream().map(Trial.Leg::answer).toList());
    }

    @Test
    void reply_withAPrivateAddress_saysThatItWasKeptBack() throws Exception {
        Trial trial = trial("\"rebinding_protection\": true,", "shop.test", "A 10.0.0.1");
        assertEquals(Optional.empty(), trial.overruled());
        assertTrue(trial.reply().contains("rebinding protection"), trial.reply());
    }

    @Test
    void specialName_isAskedOfNobody() throws Exception {
        Trial trial = trial("", "localhost", "A 192.0.2.1");
        assertEquals(List.of(), trial.legs());
        assertTrue(trial.reply().contains("127.0.0.1"), trial.reply());
    }
}
