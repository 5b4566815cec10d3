package org.sentrydns.server.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LateRecordsTest {
    /** Up to the OPT record, which stands at 0x13. */
    private static final String MESSAGE =
            "1234 8180 0001 0000 0000 0002 01 'a' 00 0001 0001 00 0029 04d0 00000000 0000 ";

    @ParameterizedTest
    @CsvSource({
        "c00c, true", // the question's name, before the OPT record
        "01 'x' 00, true",
        "01 'x' c00c, true",
        "01 'x' c013, false", // the root name of the OPT record itself
        "c013, false"
    })
    void mayMove_ofARecordBehindTheOpt_dependsOnWhereItsOwnerLeads(String owner, boolean may) {
        byte[] message = Hex.bytes(MESSAGE + owner + " 0001 0001 00000000 0004 7f000001");
        MessageShape shape = MessageShape.of(message, message.length);
        assertNotNull(shape);
        assertEquals(may, LateRecords.mayMove(message, shape));
    }
}
