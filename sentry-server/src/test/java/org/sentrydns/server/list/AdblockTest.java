package org.sentrydns.server.list;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AdblockTest {

    @ParameterizedTest
    @CsvSource(delimiterString = "->", quoteCharacter = '`', textBlock = """
                    ||a.example^                             -> a.example                -> 1
                    ||a.example^                             -> b.a.example              -> 1
                    ||a.example^                             -> ba.example               -> -
                    ||a.example^                             -> a.example.org            -> -
                    ||A.Example^ # why                       -> a.example                -> 1
                    ||a.example^\\t# why                     -> a.example                -> 1
                    ||a.example^# why                        -> a.example                -> 1
                    ||a.example^$important\\t# why           -> a.example                -> 1
                    @@||b.example^#why\\n||b.example^         -> b.example                -> -
                    a.example^# why                          -> a.example                -> 1
                    ||a.example^|                            -> b.a.example              -> 1
                    ||a.example|                             -> b.a.example              -> 1
                    ||a.example^*                            -> b.a.example              -> 1
                    ||a.example/                             -> b.a.example              -> 1
                    ||münchen.example^                       -> xn--mnchen-3ya.example   -> 1
                    ||*.a.example^                           -> a.example                -> -
                    ||*.a.example^                           -> b.a.example              -> 1
                    |a.example^                              -> a.example                -> 1
                    |a.example^                              -> b.a.example              -> -
                    |a.example|                              -> a.example                -> 1
                    |a.example                               -> a.example.org            -> 1
                    |a.example                               -> b.a.example              -> -
                    a.example^                               -> b.a.example              -> 1
                    a.example^                               -> ba.example               -> -
                    a.example|                               -> b.a.example              -> 1
                    .a.example^                              -> a.example                -> -
                    .a.example^                              -> b.a.example              -> 1
                    ||ads                                    -> ads.example              -> 1
                    ||ads                                    -> x.adserver.example       -> 1
                    ||ads                                    -> xads.example             -> -
                    ||ads                                    -> x\\.ads.example          -> -
                    ||ads.                                   -> ads                      -> -
                    ||ads.                                   -> ads.example              -> 1
                    ||ads*.example^                          -> x.ads12.example          -> 1
                    ||ads*.example^                          -> ads.b.c.example          -> 1
                    ||ads*.example^                          -> ads12.example.org        -> -
                    ||ads-*.example                          -> ads-x.example.org        -> 1
                    |ads*.example^                           -> x.ads1.example           -> -
                    *ads*.example^                           -> my-ads-x.example         -> 1
                    ||a.example^\\n@@||b.a.example^          -> c.b.a.example            -> -
                    ||a.example^\\n@@||b.a.example^          -> c.a.example              -> 1
                    @@||a.example^\\n||b.a.example^          -> c.b.a.example            -> -
                    0.0.0.0 a.example\\n@@a.example          -> a.example                -> -
                    a.example\\n@@|a.example^                -> a.example                -> -
                    a.example\\n@@|a.example^                -> b.a.example              -> 1
                    a.example\\n@@||*.a.example^             -> b.a.example              -> -
                    a.example\\n@@||b*.a.example^            -> b7.a.example             -> -
                    @@||a.example^\\n||a.example^$important  -> a.example                -> 2
                    ||a.example^$important\\n@@||a.example^  -> a.example                -> 1
                    ||a.example^$important\\n@@||a.example^$important -> a.example       -> -
                    ||b.a.example^\\n||a.example^$important  -> b.a.example              -> 2
                    ||a.example^$dnstype=AAAA                -> a.example A              -> -
                    ||a.example^$dnstype=AAAA                -> a.example AAAA           -> 1
                    ||a.example^$dnstype=a|aaaa              -> b.a.example AAAA         -> 1
                    ||a.example^$dnstype=~AAAA               -> a.example AAAA           -> -
                    ||a.example^$dnstype=~AAAA               -> a.example MX             -> 1
                    ||a.example^$dnstype=A|~AAAA             -> a.example MX             -> -
                    ||a.example^$dnstype=TYPE65              -> a.example HTTPS          -> 1
                    a.example$dnstype=TXT                    -> a.example TXT            -> 1
                    ||a.example^\\n@@||a.example^$dnstype=A  -> a.example A              -> -
                    ||a.example^\\n@@||a.example^$dnstype=A  -> a.example AAAA           -> 1
                    ||*^$dnstype=HTTPS                       -> a.example HTTPS          -> 1
                    ||*^$dnstype=HTTPS                       -> . HTTPS                  -> 1
                    ||*^$dnstype=HTTPS                       -> a.example A              -> -
                    $dnstype=AAAA                            -> a.example AAAA           -> 1
                    ||example^$denyallow=a.example|b.example -> a.example                -> -
                    ||example^$denyallow=a.example|b.example -> x.b.example              -> -
                    ||example^$denyallow=a.example|b.example -> xa.example               -> 1
                    ||example^$denyallow=a.example|b.example -> x\\.a.example            -> 1
                    ||example^$denyallow=a.example|b.example -> c.example                -> 1
                    *$denyallow=com|net                      -> a.org                    -> 1
                    *$denyallow=com|net                      -> a.com                    -> -
                    ||a.example^\\n||a.example^$badfilter    -> a.example                -> -
                    ||a.example^$badfilter\\n||a.example^    -> a.example                -> -
                    ||a.example^$badfilter\\n||b.a.example^  -> b.a.example              -> 2
                    ||a.example^\\n@@||a.example^\\n@@||a.example^$badfilter -> a.example -> 1
                    ||a.example^$important\\n||a.example^$badfilter,important -> a.example -> -
                    ||a.example^$important\\n||a.example^$badfilter -> a.example         -> 1
                    ||a.example^$dnstype=A|MX\\n||a.example^$dnstype=MX|A,badfilter -> a.example -> -
                    ||a*.example^\\n||a*.example^$badfilter  -> ab.example               -> -
                    /x/\\n/x/$badfilter                      -> x.example                -> -
                    ||a.example^$all                         -> a.example                -> 1
                    ||a.example^$document,important          -> a.example                -> 1
                    ||a.example^\\n@@||a.example^$document   -> a.example                -> 1
                    ||a.example^$third-party                 -> a.example                -> -
                    ||a.example^$popup                       -> a.example                -> -
                    ||a.example^$document,domain=b.example   -> a.example                -> -
                    ||a.example^$client=127.0.0.1            -> a.example                -> -
                    ||a.example/path                         -> a.example                -> -
                    ||a.example^path                         -> a.example                -> -
                    ||a.example:8080^                        -> a.example                -> -
                    a.example##.banner                       -> a.example                -> -
                    """)
    void find_inAdblockRules_followsThem(String list, String question, String expected) {
        assertEquals(expected, ListTexts.find(ListTexts.read(list), question));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "->", quoteCharacter = '`', textBlock = """
                    [Adblock Plus 2.0]\\n! Title: x\\n!#if true\\n[AdGuard] -> 0 0 0 0 0 0
                    ||a.example^\\na.example\\n||a.example^|        -> 1 0 0 2 0 0
                    ||a.example^\\n@@||a.example^\\n@@||b.example^  -> 1 2 0 0 0 0
                    ||a.example^$important\\n||a.example^           -> 2 0 0 0 0 0
                    ||a.example^$dnstype=A|MX\\n||a.example^$dnstype=mx|a -> 1 0 0 1 0 0
                    ||a.example^\\n||a.example^\\n||a.example^$badfilter -> 0 0 0 1 0 0
                    ||a*.example^\\n||a*.example^\\n||ads            -> 0 0 2 1 0 0
                    ##.ad\\n###ad\\na.example##.ad\\na.example,b.example##a b c\\n~a.example##x -> 0 0 0 0 5 0
                    a.example#@#.ad\\n#@#.ad\\na.example#?#x\\na.example#$#x\\na.example#%#x\\na.example#@$?#x -> 0 0 0 0 6 0
                    a.example##+js(x, y)\\na.example##^script\\na.example$$script[x]\\n$$script -> 0 0 0 0 4 0
                    ||a.example^$third-party\\n||a.example^$~script,image\\n||a.example^$domain=b.example -> 0 0 0 0 3 0
                    $script\\n/ads/*\\n/ads/x.gif$image\\n&ad=\\nhttps://a.example/x\\na.example/x\\n|http://a.example^ -> 0 0 0 0 7 0
                    ||a.example^path\\n||a.example^*ad\\n||a.example^##.x\\n/a[0-9].example/x\\n?a=(b)\\n&a[b] -> 0 0 0 0 6 0
                    /^a\\.example$/##.ad\\n/a/#@#.ad            -> 0 0 0 0 2 0
                    @@||a.example^$elemhide\\n@@||a.example^$document -> 0 0 0 0 2 0
                    """)
    void report_ofAdblockRules_countsEach(String list, String counts) {
        assertEquals(counts, ListTexts.counts(ListTexts.read(list)));
    }
}
