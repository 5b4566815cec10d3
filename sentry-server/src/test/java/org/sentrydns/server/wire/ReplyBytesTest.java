package org.sentrydns.server.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

final class ReplyBytesTest {

    @ParameterizedTest
    @CsvSource({"youtube.com,29", "foo.xxx,25", "mail.google.com,33"})
    void empty_withoutEdns_isAsShortAsTheOriginals(String name, int size) {
        byte[] reply = ReplyBytes.empty(Queries.decoded(Queries.of(name, Type.A)), Rcode.NOERROR, 15, "blocked");
        assertEquals(size, reply.length);
    }

    @Test
    void empty_withoutEdns_isTheQuestionAndNothingElse() {
        QueryMessage query = Queries.decoded(Hex.bytes("1234 0130 0001 0000 0000 0000 01'A'00 0001 0003"));
        assertEquals(
                Hex.of(Hex.bytes("1234 8195 0001 0000 0000 0000 01'A'00 0001 0003")),
                Hex.of(ReplyBytes.empty(query, Rcode.REFUSED, 20, "why")));
    }

    @Test
    void empty_withEdns_hasTheReasonInItsOpt() throws IOException {
        QueryMessage query = Queries.decoded(Queries.withEdns("a.b", Type.MX, 4096, ExtendedFlags.DO));
        Message reply = new Message(ReplyBytes.empty(query, Rcode.NXDOMAIN, 15, "why \u00fc"));
        assertEquals(Rcode.NXDOMAIN, reply.getRcode());
        OPTRecord opt = reply.getOPT();
        assertEquals(1232, opt.getPayloadSize());
        assertEquals(ExtendedFlags.DO, opt.getFlags());
        ExtendedErrorCodeOption error = (ExtendedErrorCodeOption)
                opt.getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR).getFirst();
        assertEquals(15, error.getErrorCode());
        assertEquals("why \u00fc", error.getText());
    }

    @Test
    void truncated_withAndWithoutEdns_hasTcAndKeepsTheOpt() throws IOException {
        byte[] plain = ReplyBytes.truncated(Queries.decoded(Queries.of("a.b", Type.MX)), Rcode.NOERROR);
        assertEquals(Header.QR | Header.TC | Header.RD | Header.RA, Header.flags(plain));
        assertNull(new Message(plain).getOPT());
        byte[] edns = ReplyBytes.truncated(Queries.decoded(Queries.withEdns("a.b", Type.MX, 512, 0)), 3);
        assertEquals(Header.QR | Header.TC | Header.RD | Header.RA | 3, Header.flags(edns));
        assertEquals(0, new Message(edns).getOPT().getOptions().size());
    }

    @ParameterizedTest
    @CsvSource({"0000,8080", "0100,8180", "0130,8190", "0020,8080", "0010,8090", "0540,8180", "0200,8080"})
    void flags_ofOwnReplies_keepOnlyRdAndCd(String query, String reply) {
        assertEquals(Integer.parseInt(reply, 16), ReplyBytes.flags(Integer.parseInt(query, 16), Rcode.NOERROR));
    }
}
