package org.sentrydns.server.upstream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web server on 127.0.0.1 that replies to DNS questions, without TLS; a virtual thread for each of them. */
final class LoopbackHttp implements AutoCloseable {
    static final String DNS_MESSAGE = "application/dns-message";

    private static final int BACKLOG = 200;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    LoopbackHttp(HttpHandler handler) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.createContext("/", handler);
        server.setExecutor(threads);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/dns-query");
    }

    /** Those that serve, and those that a test wants besides. */
    ExecutorService threads() {
        return threads;
    }

    static void reply(HttpExchange http, int status, String type, byte[] reply) throws IOException {
        http.getResponseHeaders().set("Content-Type", type);
        http.sendResponseHeaders(status, reply.length);
        http.getResponseBody().write(reply);
        http.close();
    }

    /** Whoever is being served must be able to end. */
    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
