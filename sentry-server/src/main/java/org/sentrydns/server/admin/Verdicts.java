package org.sentrydns.server.admin;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.sentrydns.api.Transport;
import org.sentrydns.server.observe.QueryEvent;
import org.sentrydns.server.rule.Asker;
import org.sentrydns.server.rule.CompiledRule;
import org.sentrydns.server.rule.Inquiry;
import org.sentrydns.server.rule.RuleBook;
import org.sentrydns.server.rule.Verdict;
import org.sentrydns.server.wire.QueryMessage;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * Explains by asking the rules, without their order in between; cannot reload. Immutable.
 *
 * @param rules the rules that decide now
 */
public record Verdicts(Supplier<RuleBook> rules) implements Steering {

    @Override
    public Map<String, Object> explain(Name name, int type, InetAddress from) {
        byte[] question =
                Message.newQuery(Record.newRecord(name, type, DClass.IN)).toWire();
        InetSocketAddress client = new InetSocketAddress(from, 0);
        if (!(QueryMessage.decode(question) instanceof QueryMessage query)) {
            throw new IllegalStateException("dnsjava made a question that is none");
        }
        Verdict verdict = rules.get().inspect(Inquiry.of(new Asker(client, client, Transport.UDP), query));
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", name.toString());
        tree.put("type", Type.string(type));
        tree.put("from", from.getHostAddress());
        tree.put("final_name", verdict.inquiry().dotted());
        CompiledRule rule = QueryEvent.rule(verdict);
        tree.put("verdict", QueryEvent.verb(verdict));
        if (rule != null) {
            tree.put(
                    "rule",
                    Map.of(
                            "number", 1 + rules.get().rules().indexOf(rule),
                            "text", rule.source().text(),
                            "place", rule.source().place()));
        }
        if (verdict instanceof Verdict.Forward forward) {
            tree.put(
                    "upstreams",
                    forward.forward().upstreams().stream().map(Object::toString).toList());
        }
        return tree;
    }

    @Override
    public Map<String, Object> reload() {
        return Map.of("reloaded", false, "problems", List.of("this server cannot reload: restart it"));
    }
}
