package org.sentrydns.server.upstream;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What Java's HTTP client fails with. */
final class HttpsFailure {
    private HttpsFailure() {}

    /** For people: of a failure without words, what is behind it. */
    static String reason(@Nullable Throwable failure) {
        Throwable told = failure;
        while (told != null && told.getMessage() == null && told.getCause() != null) {
            told = told.getCause();
        }
        String words = told instanceof UnknownHostException || told instanceof SocketTimeoutException
                ? told.getMessage()
                : null;
        return words == null ? String.valueOf(told) : words;
    }

    /** Whether there was a connection, and it was lost. */
    static boolean isLoss(@Nullable Throwable cause) {
        return cause instanceof IOException
                && !(cause instanceof ConnectException
                        || cause instanceof SSLException
                        || cause instanceof UnknownHostException
                        || cause instanceof SocketTimeoutException
                        || cause instanceof HttpTimeoutException);
    }
}
