package org.sentrydns.server.cli;

import com.beust.jcommander.Parameter;
import com.beust.jcommander.Parameters;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sentrydns.api.AddressText;
import org.sentrydns.server.config.AdminSettings;
import org.sentrydns.server.config.InvalidConfigException;
import org.sentrydns.server.top.Top;

@Parameters(commandDescription = "shows the figures of a running server, each second anew; q quits")
final class TopCommand extends Command {
    @Parameter(
            names = {"-c", "--config"},
            description = "the server's configuration, for its address and token")
    private @Nullable Path config;

    @Parameter(
            names = {"-u", "--url"},
            description = "where the server's page is; a token comes from SENTRY_TOKEN")
    private String url = "http://127.0.0.1:5380/";

    @Parameter(
            names = {"--once"},
            description = "shows them once, as plain text; so it is without a terminal")
    private boolean once;

    @Override
    int run(PrintStream out) throws InvalidConfigException, IOException, InterruptedException {
        Optional<AdminSettings> admin =
                config == null ? Optional.empty() : Editions.config(config).admin();
        if (config != null && admin.isEmpty()) {
            throw new WrongInputException(config + " has no 'admin': its server shows nothing");
        }
        Optional<String> token =
                admin.flatMap(AdminSettings::token).or(() -> Optional.ofNullable(System.getenv("SENTRY_TOKEN")));
        boolean live = !once && Boolean.getBoolean("sentry.screen");
        Top.show(admin.isPresent() ? address(admin.get()) : given(), token, live, out);
        return FINE;
    }

    private static URI address(AdminSettings admin) {
        String place = admin.host().isAnyLocalAddress()
                ? "127.0.0.1:" + admin.port()
                : AddressText.of(new InetSocketAddress(admin.host(), admin.port()));
        return URI.create("http://" + place + "/");
    }

    private URI given() throws WrongInputException {
        try {
            URI server = new URI(url.endsWith("/") ? url : url + "/");
            if (server.getHost() != null && String.valueOf(server.getScheme()).matches("https?")) {
                return server;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw new WrongInputException("'" + url + "' is no address: expected one such as http://127.0.0.1:5380/");
    }
}
