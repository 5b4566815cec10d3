package org.sentrydns.server.admin;

import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.sentrydns.server.list.DomainList;
import org.sentrydns.server.observe.Observation;
import org.sentrydns.server.rule.Explanation;
import org.sentrydns.server.rule.Inquiry;
import org.sentrydns.server.rule.RuleBook;
import org.sentrydns.server.stats.Statistics;
import org.sentrydns.server.upstream.UpstreamFigures;

/**
 * What there is to see. Thread-safe, as its parts are; what a reload replaces is asked for anew each time.
 *
 * @param version of this server
 * @param listening whether queries are taken on
 * @param rules the rules that decide now, to look at
 * @param explain asks them
 * @param lists the lists that the rules use now
 * @param statistics the counters
 * @param observation what queries there were
 * @param upstreams what each upstream has done
 * @param cache what the cache has done, by metric
 * @param lost what was lost on the way to those who look on, by receiver
 */
public record Insight(
        String version,
        BooleanSupplier listening,
        Supplier<RuleBook> rules,
        Function<Inquiry, Explanation> explain,
        Supplier<Map<String, DomainList>> lists,
        Statistics statistics,
        Observation observation,
        Supplier<List<UpstreamFigures>> upstreams,
        Supplier<Map<String, Number>> cache,
        Map<String, LongSupplier> lost) {}
