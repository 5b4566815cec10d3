package org.sentrydns.server.warmup;

import java.math.BigDecimal;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Callable;
import org.sentrydns.server.regex.NamePattern;
import org.sentrydns.server.regex.PatternIndex;
import org.sentrydns.server.upstream.BootstrapNames;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.ExtendedErrorCodeOption;

/**
 * What libraries and the JDK make at their first use, made on a thread beside the one that starts the server, in the order in
 * which that one will need it. Nothing depends on it but the time that a start takes.
 */
public final class HeadStart {
    static final List<Callable<?>> STEPS = List.of(
            // Addresses.
            () -> {
                BootstrapNames.install();
                return BootstrapNames.class;
            },
            // The configuration's numbers: powers of ten.
            () -> BigDecimal.TEN,
            // The name of the folder for copies of plugins, and the IDs of queries to upstreams.
            () -> new SecureRandom().nextInt(),
            // Numbers in records, as the system's language writes them.
            () -> new ExtendedErrorCodeOption(0),
            // Expressions.
            HeadStart::expression);

    private HeadStart() {}

    /** Begins; what has not been made by the time it is needed is made, or waited for, then. */
    public static void begin() {
        Thread.ofPlatform().name("sentry-head-start").daemon().start(HeadStart::run);
    }

    private static void run() {
        try {
            for (Callable<?> step : STEPS) {
                step.call();
            }
        } catch (Exception e) {
            // Whoever needs it meets the same, and says so.
            LoggerFactory.getLogger("sentry.core").debug("the head start ended early: {}", e.toString());
        }
    }

    private static PatternIndex expression() {
        PatternIndex.Builder index = new PatternIndex.Builder();
        index.add(0, NamePattern.compile("^(.*)[a-c]\\.(d|e)f$"));
        return index.build();
    }
}
