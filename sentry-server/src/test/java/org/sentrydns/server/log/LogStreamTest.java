package org.sentrydns.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(30)
final class LogStreamTest {
    private final Reader reader = new Reader();
    private final LogStream stream = new LogStream(new PrintStream(reader, true, UTF_8));

    @Test
    void line_beforeAnythingIsCollected_isThereAtOnce() {
        say("a");

        assertEquals("a\n", reader.text());
    }

    @Test
    void lines_collected_comeWithoutFurtherAdo() throws Exception {
        stream.collect();
        say("a");
        await().until(() -> reader.text().equals("a\n"));
        say("b");
        say("c");

        await().until(() -> reader.text().equals("a\nb\nc\n"));
        stream.stopCollecting();
    }

    @Test
    void lines_whileNobodyReads_holdNobodyUpAndAreWrittenTogether() throws Exception {
        stream.collect();
        hang();
        say("b");
        say("c");
        reader.takes.countDown();
        stream.stopCollecting();

        assertEquals("a\nb\nc\n", reader.text());
        assertEquals(2, reader.calls());
    }

    @Test
    void line_behindThoseThatWereCollected_isWrittenAtOnceAndInOrder() throws Exception {
        stream.collect();
        hang();
        say("b");
        reader.takes.countDown();
        stream.stopCollecting();
        say("c");

        assertEquals("a\nb\nc\n", reader.text());
    }

    @Test
    void lines_thatDoNotFit_areCountedBehindThoseThatDo() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger("sentry.core");
        OutputStreamAppender<ILoggingEvent> log = appender(logger.getLoggerContext());
        logger.addAppender(log);
        try {
            stream.collect();
            hang();
            byte[] large = new byte[1 << 20];
            for (int i = 0; i < 7; i++) {
                stream.write(large);
            }
            reader.takes.countDown();
            stream.stopCollecting();
        } finally {
            logger.detachAppender(log);
        }

        String text = reader.text();
        String behind = text.substring("a\n".length() + (4 << 20));
        assertEquals("3 messages are missing here: they came faster than they could be written\n", behind);
    }

    /** Writes the log to the stream, as the program does. */
    private OutputStreamAppender<ILoggingEvent> appender(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%msg%n");
        encoder.start();
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setOutputStream(stream);
        appender.start();
        return appender;
    }

    /** The stream writes one line, and its reader takes no more. */
    private void hang() throws InterruptedException {
        reader.takes = new CountDownLatch(1);
        say("a");
        reader.asked.await();
    }

    private void say(String line) {
        stream.write((line + "\n").getBytes(UTF_8), 0, line.length() + 1);
    }

    /** May keep its writer waiting. */
    private static final class Reader extends OutputStream {
        final CountDownLatch asked = new CountDownLatch(1);
        volatile CountDownLatch takes = new CountDownLatch(0);
        private final List<byte[]> taken = new CopyOnWriteArrayList<>();

        @Override
        public void write(int octet) {
            throw new AssertionError("a line comes as one");
        }

        @Override
        public void write(byte[] octets, int from, int length) {
            asked.countDown();
            try {
                takes.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            taken.add(Arrays.copyOfRange(octets, from, from + length));
        }

        int calls() {
            return taken.size();
        }

        String text() {
            return taken.stream().map(octets -> new String(octets, UTF_8)).collect(Collectors.joining());
        }
    }
}
