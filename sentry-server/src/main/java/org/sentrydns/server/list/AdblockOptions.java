package org.sentrydns.server.list;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Type;

/**
 * What stands behind the dollar sign of an AdBlock rule. Immutable.
 *
 * @param important whether the rule stands above all that are not
 * @param badfilter whether the rule takes out the rule that is the same but for this
 * @param modifiers when the rule counts; null if always
 */
record AdblockOptions(
        boolean important, boolean badfilter, @Nullable Modifiers modifiers) {
    static final AdblockOptions NONE = new AdblockOptions(false, false, null);

    /** A rule for the whole page, or for all that comes from a site, blocks the site; as an exception it does not. */
    private static final Set<String> WHOLE_SITE = Set.of("all", "document", "doc");

    /**
     * What browsers understand (AdGuard, uBlock Origin, Adblock Plus). It narrows a rule down by what no query tells:
     * rules that have it are not for us.
     */
    private static final Set<String> OF_BROWSERS = Set.of(
            ("1p 3p all app beacon cname content cookie csp css doc document domain ehide elemhide empty extension "
                            + "first-party font frame from generichide genericblock ghide header hls image important "
                            + "inline-font inline-script ipaddress jsinject jsonprune match-case media method mp4 "
                            + "network object object-subrequest other path permissions ping popunder popup queryprune "
                            + "redirect redirect-rule referrerpolicy removeheader removeparam replace rewrite script "
                            + "shide sitekey specifichide stealth strict-first-party strict-third-party strict1p "
                            + "strict3p stylesheet subdocument third-party to trusted-set-cookie uritransform url "
                            + "urlblock urlskip urltransform webrtc websocket xhr xmlhttprequest xmlprune")
                    .split(" "));

    /**
     * Reads them.
     *
     * @param text what stands behind the dollar sign
     * @param exception whether they belong to an exception
     * @return null if the rule is for browsers
     * @throws UnreadableLineException if nobody knows what they mean
     */
    static @Nullable AdblockOptions read(String text, boolean exception) throws UnreadableLineException {
        boolean important = false;
        boolean badfilter = false;
        BitSet types = new BitSet();
        BitSet otherTypes = new BitSet();
        List<String> otherNames = new ArrayList<>();
        for (String option : text.split(",", -1)) {
            int equals = option.indexOf('=');
            String name = (equals < 0 ? option : option.substring(0, equals)).toLowerCase(Locale.ROOT);
            String value = equals < 0 ? "" : option.substring(equals + 1);
            switch (name) {
                case "important" -> important = true;
                case "badfilter" -> badfilter = true;
                case "dnstype" -> readTypes(value, types, otherTypes);
                case "denyallow" -> readNames(value, otherNames);
                default -> {
                    if (!(WHOLE_SITE.contains(name) && !exception) && !isNothing(name)) {
                        requireOfBrowsers(name);
                        return null;
                    }
                }
            }
        }
        boolean always = types.isEmpty() && otherTypes.isEmpty() && otherNames.isEmpty();
        Modifiers modifiers = new Modifiers(types, otherTypes, List.copyOf(otherNames));
        return new AdblockOptions(important, badfilter, always ? null : modifiers);
    }

    /** Underscores make long rules legible. */
    private static boolean isNothing(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> c == '_');
    }

    private static void requireOfBrowsers(String name) throws UnreadableLineException {
        if (!OF_BROWSERS.contains(name.startsWith("~") ? name.substring(1) : name)) {
            throw new UnreadableLineException("unknown modifier '" + BadText.shown(name)
                    + "': expected important, dnstype, denyallow or badfilter");
        }
    }

    private static void readTypes(String value, BitSet types, BitSet otherTypes) throws UnreadableLineException {
        for (String word : value.split("\\|", -1)) {
            boolean other = word.startsWith("~");
            int type = Type.value(other ? word.substring(1) : word, false);
            if (type < 0) {
                throw new UnreadableLineException(
                        "unknown type '" + BadText.shown(word) + "': expected dnstype=A|AAAA or dnstype=~A");
            }
            (other ? otherTypes : types).set(type);
        }
    }

    private static void readNames(String value, List<String> names) throws UnreadableLineException {
        NameBuffer name = new NameBuffer();
        for (String word : value.split("\\|", -1)) {
            name.read(word);
            names.add(name.toString());
        }
    }
}
