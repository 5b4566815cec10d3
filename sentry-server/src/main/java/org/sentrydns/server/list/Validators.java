package org.sentrydns.server.list;

import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a server gave to ask it later whether a list has changed (RFC 9110 section 8.8). Immutable; what cannot be sent back
 * is left out.
 */
record Validators(Optional<String> etag, Optional<String> lastModified) {
    static final Validators NONE = new Validators(Optional.empty(), Optional.empty());

    private static final Pattern PLAIN = Pattern.compile("[!-~]([ -~]{0,1022}[!-~])?");

    Validators {
        etag = etag.filter(Validators::isPlain);
        lastModified = lastModified.filter(Validators::isPlain);
    }

    static Validators of(HttpHeaders headers) {
        return new Validators(headers.firstValue("ETag"), headers.firstValue("Last-Modified"));
    }

    void addTo(HttpRequest.Builder request) {
        etag.ifPresent(value -> request.header("If-None-Match", value));
        lastModified.ifPresent(value -> request.header("If-Modified-Since", value));
    }

    private static boolean isPlain(String value) {
        return PLAIN.matcher(value).matches();
    }
}
