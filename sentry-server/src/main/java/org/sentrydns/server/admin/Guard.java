package org.sentrydns.server.admin;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Address;

/**
 * Decides who may call. Immutable.
 *
 * <p>A foreign page in the user's browser can call this server too. It cannot read what it gets, unless its own name leads
 * here (DNS rebinding): so without a token, Host must be an address or localhost. It can have something changed, unless
 * that needs a header which a browser sends to its own origin alone.
 */
final class Guard {
    /** The header that a change needs where there is no token; its value does not matter. */
    static final String HEADER = "Sentry-Request";

    private static final String BEARER = "Bearer ";

    private final byte @Nullable [] token;

    Guard(Optional<String> token) {
        this.token = token.map(t -> t.getBytes(StandardCharsets.UTF_8)).orElse(null);
    }

    /** Why a call is refused: its status and a reason. */
    record Refusal(int status, String reason) {}

    Optional<Refusal> check(Route route, Headers headers) {
        if (route.access() == Route.Access.OPEN) {
            return Optional.empty();
        }
        if (token != null) {
            return hasToken(headers)
                    ? Optional.empty()
                    : refuse(401, "expected the header 'Authorization: Bearer' with the token of the configuration");
        }
        if (!isAddress(headers.getFirst("Host"))) {
            return refuse(403, "expected to be called by an IP address or as localhost");
        }
        if (route.method().equals("POST") && headers.getFirst(HEADER) == null) {
            return refuse(403, "expected the header '" + HEADER + "', which keeps other pages from calling");
        }
        return Optional.empty();
    }

    private static Optional<Refusal> refuse(int status, String reason) {
        return Optional.of(new Refusal(status, reason));
    }

    private boolean hasToken(Headers headers) {
        String given = headers.getFirst("Authorization");
        // In constant time: how long it takes tells nothing about the token.
        return given != null
                && given.regionMatches(true, 0, BEARER, 0, BEARER.length())
                && MessageDigest.isEqual(given.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8), token);
    }

    private static boolean isAddress(@Nullable String host) {
        if (host == null) {
            return false;
        }
        String name = host.replaceFirst(":[0-9]{1,5}$", "").toLowerCase(Locale.ROOT);
        if (name.startsWith("[") && name.endsWith("]")) {
            return Address.toByteArray(name.substring(1, name.length() - 1), Address.IPv6) != null;
        }
        return name.equals("localhost") || Address.isDottedQuad(name);
    }
}
