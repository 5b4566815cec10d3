package org.sentrydns.server.admin;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.sentrydns.api.AddressText;
import org.sentrydns.server.config.AdminSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running HTTP side. Thread-safe. Each call has a platform thread: Java's server may hold it while a caller is slow, which
 * before Java 24 would hold the carriers of the virtual threads that serve DNS over TCP.
 */
public final class AdminServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("sentry.net");

    static {
        // The JDK's server reads these once. A caller must neither hold a connection open for ever nor take all of
        // them.
        setUnlessSet("sun.net.httpserver.maxReqTime", "10");
        setUnlessSet("jdk.httpserver.maxConnections", "200");
        setUnlessSet("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer http;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().name("sentry-http-", 0).daemon().factory());
    private final Guard guard;
    private final List<Route> routes;
    private final History history;
    private final LiveApi live;

    private AdminServer(AdminSettings settings, Insight insight, Steering steering) throws IOException {
        this.guard = new Guard(settings.token());
        this.history = new History(insight);
        this.live = new LiveApi(insight.observation());
        this.routes = routes(insight, steering, history, live);
        InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
        try {
            this.http = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new IOException(
                    "cannot serve the page on http://" + AddressText.of(address) + "/: " + e.getMessage(), e);
        }
        http.setExecutor(threads);
        http.createContext("/", this::handle);
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /**
     * Starts to serve.
     *
     * @throws IOException if the address cannot be had; the message says which
     */
    public static AdminServer start(AdminSettings settings, Insight insight, Steering steering) throws IOException {
        AdminServer server = new AdminServer(settings, insight, steering);
        server.history.start();
        server.http.start();
        LOG.info("the page is at http://{}/", AddressText.of(server.local()));
        return server;
    }

    /** All there is, for the server and for the test of its description. */
    static List<Route> routes(Insight insight, Steering steering, History history, LiveApi live) {
        List<Route> routes = new ArrayList<>(Assets.routes());
        routes.addAll(new HealthApi(insight).routes());
        routes.addAll(new MetricsApi(insight).routes());
        routes.addAll(new StatisticsApi(insight, history).routes());
        routes.addAll(new RulesApi(insight.rules()).routes());
        routes.addAll(new SteeringApi(insight.explain(), steering).routes());
        routes.addAll(live.routes());
        return List.copyOf(routes);
    }

    /** Where it listens. */
    public InetSocketAddress local() {
        return http.getAddress();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            protect(exchange.getResponseHeaders());
            try {
                dispatch(exchange);
            } catch (Call.BadCallException e) {
                new Call(exchange, Map.of()).problem(400, e.reason());
            } catch (RuntimeException e) {
                LOG.error("the call {} failed", exchange.getRequestURI(), e);
                exchange.sendResponseHeaders(500, -1);
            }
        }
    }

    /** Nothing from elsewhere, nothing inside the text of the page, no frame around it. */
    private static void protect(Headers headers) {
        headers.set(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
                        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cache-Control", "no-store");
    }

    private void dispatch(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod().equals("HEAD") ? "GET" : exchange.getRequestMethod();
        String path = exchange.getRequestURI().getPath();
        List<String> methods = new ArrayList<>();
        for (Route route : routes) {
            Optional<Map<String, String>> variables = route.match(path);
            if (variables.isPresent() && route.method().equals(method)) {
                Call call = new Call(exchange, variables.get());
                Optional<Guard.Refusal> refusal = guard.check(route, exchange.getRequestHeaders());
                if (refusal.isPresent()) {
                    if (refusal.get().status() == 401) {
                        exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
                    }
                    call.problem(refusal.get().status(), refusal.get().reason());
                } else {
                    if (route.path().startsWith("/api/")) {
                        call.refuseOthers(route.parameters());
                    }
                    route.handler().handle(call);
                }
                return;
            }
            variables.ifPresent(v -> methods.add(route.method()));
        }
        if (methods.isEmpty()) {
            new Call(exchange, Map.of()).problem(404, "nothing is here: see /openapi.json");
        } else {
            exchange.getResponseHeaders().set("Allow", String.join(", ", methods));
            new Call(exchange, Map.of()).problem(405, "expected " + String.join(" or ", methods));
        }
    }

    @Override
    public void close() {
        history.close();
        live.close();
        http.stop(0);
        threads.shutdownNow();
    }
}
