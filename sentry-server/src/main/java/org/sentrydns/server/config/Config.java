package org.sentrydns.server.config;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sentrydns.api.Upstream;

/**
 * A configuration file, read. Immutable.
 *
 * @param file how to name it in messages
 * @param host the address to listen on
 * @param port the port to listen on; 0 takes a free one
 * @param rules the rule lines, in order
 * @param resolutionTimeout the time that upstreams have for a query, all attempts together
 * @param groups clients by the name of their group
 * @param lists where lists come from, by the name of the list, in the order of the file
 * @param listCopies the folder for the last good copies of downloaded lists; empty if there is no place for them
 * @param limits what the server takes on at once
 * @param cache how replies are kept
 * @param specialNames whether names such as localhost are kept from upstreams
 * @param inspectAnswers whether an answer that leads to a blocked name is blocked as well
 * @param rebinding whether upstreams may answer with private addresses
 * @param caseRandomisation whether questions go out in random letters' case
 * @param bootstrap whom to ask for the addresses of upstreams that are named
 * @param warmUp whether the server exercises itself when it starts
 * @param plugins a folder with further plugin jars
 * @param watched whether the files are read again when they change
 * @param quiet the verbs whose rules leave no lines in the log
 * @param ruleTime how long a rule may take
 * @param pluginSettings what plugins are told
 * @param expectations what should come of questions
 * @param admin where the page, the HTTP API and the metrics are served; empty for nowhere
 * @param queryLog how queries are written down; empty for not at all
 * @param dnstap where dnstap goes; empty for nowhere
 * @param notices what the user should know about the file, though it is no mistake
 */
public record Config(
        String file,
        InetAddress host,
        int port,
        List<RuleSource> rules,
        Duration resolutionTimeout,
        Map<String, List<AddressBlock>> groups,
        Map<String, ListSource> lists,
        Optional<Path> listCopies,
        Limits limits,
        CacheSettings cache,
        boolean specialNames,
        boolean inspectAnswers,
        Rebinding rebinding,
        boolean caseRandomisation,
        List<Upstream> bootstrap,
        boolean warmUp,
        Optional<Path> plugins,
        boolean watched,
        QuietVerbs quiet,
        RuleTime ruleTime,
        PluginSettings pluginSettings,
        List<Expectation> expectations,
        Optional<AdminSettings> admin,
        Optional<QueryLogSettings> queryLog,
        Optional<DnstapSettings> dnstap,
        List<String> notices) {}
