package org.sentrydns.server.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import org.junit.jupiter.api.Test;

final class LogProviderTest {
    private final LogProvider provider = new LogProvider();

    @Test
    void itsLoggers_areSetUpAndStarted() {
        provider.initialize();

        LoggerContext context = (LoggerContext) provider.getLoggerFactory();
        assertTrue(context.isStarted());
        assertEquals(Level.INFO, context.getLogger("sentry.net").getEffectiveLevel());
        assertEquals(Level.WARN, context.getLogger("com.example").getEffectiveLevel());
        assertTrue(context.getLogger(Logger.ROOT_LOGGER_NAME)
                .iteratorForAppenders()
                .hasNext());
        assertSame(provider.getMDCAdapter(), context.getMDCAdapter());
    }

    @Test
    void itsVersion_isOneThatSlf4jKnows() {
        assertTrue(provider.getRequestedApiVersion().startsWith("2.0"));
    }
}
