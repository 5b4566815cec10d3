package example.reputation;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.sentrydns.api.Counter;
import org.sentrydns.api.Outcome;
import org.sentrydns.api.PluginContext;
import org.sentrydns.api.Query;
import org.sentrydns.api.Reply;
import org.sentrydns.api.Rule;
import org.sentrydns.api.RuleSyntaxException;
import org.sentrydns.api.RuleText;
import org.sentrydns.api.RuleType;
import org.sentrydns.api.SettingsException;
import org.xbill.DNS.Rcode;

/** {@code reputation S}: asks a service over HTTP whether a name is good. */
public final class Reputation implements RuleType, AutoCloseable {
    private static final int FORBIDDEN = 403;

    /** The object {@code "reputation"} in {@code "plugin_settings"}. */
    public record Settings(URI service, Duration timeout) {
        public Settings {
            if (!"http".equals(service.getScheme()) && !"https".equals(service.getScheme())) {
                throw new IllegalArgumentException("expected an http or https address as service, got " + service);
            }
        }
    }

    private final HttpClient client = HttpClient.newHttpClient();
    private Settings settings;
    private Counter refused;
    private System.Logger log;

    @Override
    public String verb() {
        return "reputation";
    }

    @Override
    public String syntax() {
        return "reputation S";
    }

    /** So an answer that leads to such a name is not given either. */
    @Override
    public boolean blocks() {
        return true;
    }

    @Override
    public void start(PluginContext context) throws SettingsException {
        settings = context.settings(Settings.class);
        refused = context.counter("refused");
        log = context.log();
    }

    @Override
    public Rule compile(RuleText text) throws RuleSyntaxException {
        text.end();
        return this::ask;
    }

    /** Waits for the service on the query's own virtual thread. */
    private Outcome ask(Query query) throws Exception {
        if (query.isRehearsal() && !query.isFollowed()) {
            // Nothing comes of it: the service would count, and might learn, what nobody asked for.
            return Outcome.pass();
        }
        String name = query.name().toString(true);
        URI address = URI.create(settings.service() + "?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8));
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(settings.timeout()).build();
        HttpResponse<Void> response = client.send(request, HttpResponse.BodyHandlers.discarding());
        if (response.statusCode() != FORBIDDEN) {
            return Outcome.pass();
        }
        refused.increment();
        log.log(System.Logger.Level.INFO, "the service refuses {0}", name);
        return Outcome.answer(Reply.failure(Rcode.NXDOMAIN));
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
