package org.sentrydns.server.listen;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class AdmissionTest {
    private final Admission admission = new Admission(2, 100);

    private boolean leaveToSend(int bytes) {
        assertTrue(admission.tryEnter(50));
        return admission.leaveToSend(bytes);
    }

    @Test
    void repliesToBeSent_areTooMuchAboveALimit_ofAllTogether() {
        assertFalse(leaveToSend(60));
        assertFalse(leaveToSend(40));
        assertTrue(leaveToSend(1));
        admission.sent(60);
        assertFalse(leaveToSend(50));
    }

    @Test
    void replies_thatWillNotBeSent_countNoLonger_neitherThenNorWhenTheyWouldHaveBeen() throws Exception {
        assertTrue(leaveToSend(101));
        admission.writeOff(101);
        assertFalse(leaveToSend(100));
        admission.sent(0);
        assertTrue(leaveToSend(1));
        admission.sent(100);
        admission.sent(1);
        assertTrue(admission.close(Duration.ofSeconds(5)));
    }
}
