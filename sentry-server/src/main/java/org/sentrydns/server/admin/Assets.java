package org.sentrydns.server.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The files of the page, from the jars. */
final class Assets {
    private static final String PAGE = "/org/sentrydns/server/admin/";
    private static final String CHART = "/META-INF/resources/webjars/uplot/1.6.30/";

    private static final String SCRIPT = "text/javascript; charset=utf-8";

    private Assets() {}

    static List<Route> routes() {
        List<Route> routes = new ArrayList<>(List.of(
                file("/", PAGE + "page.html", "text/html; charset=utf-8"),
                file("/page.css", PAGE + "page.css", "text/css; charset=utf-8"),
                file("/icon.svg", PAGE + "icon.svg", "image/svg+xml"),
                file("/uplot.js", CHART + "dist/uPlot.iife.min.js", SCRIPT),
                file("/uplot.css", CHART + "dist/uPlot.min.css", "text/css; charset=utf-8"),
                file("/uplot.license", CHART + "LICENSE", "text/plain; charset=utf-8"),
                file("/openapi.json", PAGE + "openapi.json", "application/json")));
        for (String script : List.of("page.js", "base.js", "charts.js", "explain.js", "live.js", "rules.js")) {
            routes.add(file("/" + script, PAGE + script, SCRIPT));
        }
        return routes;
    }

    private static Route file(String path, String resource, String type) {
        byte[] bytes = read(resource);
        return Route.open(path, call -> call.send(200, type, bytes));
    }

    static byte[] read(String resource) {
        try (InputStream in = Assets.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is in none of the jars");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " cannot be read", e);
        }
    }
}
