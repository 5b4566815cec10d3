package org.sentrydns.server.list;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;

/** Says why a list could not be read; the messages of the JDK are often a bare name, or nothing. */
final class Reason {
    private Reason() {}

    static String of(IOException failure) {
        return switch (failure) {
            case NoSuchFileException e -> "it does not exist";
            case AccessDeniedException e -> "its permissions forbid it";
            case FileSystemException e -> e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
            case UnknownHostException e -> "its host name cannot be resolved";
            case ConnectException e ->
                e.getCause() instanceof UnresolvedAddressException || e.getCause() instanceof UnknownHostException
                        ? "its host name cannot be resolved"
                        : "no connection to it" + detail(e);
            case SSLException e -> "TLS failed" + detail(e);
            case EOFException e -> "it ends too early";
            case ZipException e -> "its gzip data is damaged" + detail(e);
            default -> failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        };
    }

    private static String detail(IOException failure) {
        return failure.getMessage() == null ? "" : ": " + failure.getMessage();
    }
}
