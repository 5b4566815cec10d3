package org.sentrydns.server.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QuestionTest {
    @ParameterizedTest
    @CsvSource({
        "192.168.1.7, 192.168.1.7",
        "2001:db8::1, 2001:db8:0:0:0:0:0:1",
        "fe80::1%eth0, fe80:0:0:0:0:0:0:1",
        "::ffff:10.0.0.1, 10.0.0.1"
    })
    void client_anAddress_isRead(String text, String address) {
        assertEquals(address, Question.client(text).getHostAddress());
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.168.1", "3232235521", "10.0.0.1%eth0", "1.2.3.4.5", "localhost", "::1::", ""})
    void client_anythingElse_isAMistake(String text) {
        assertThrows(IllegalArgumentException.class, () -> Question.client(text));
    }

    /** In Berlin, clocks go from 2 to 3 on Sunday 2027-03-28. */
    @Test
    void moment_thatClocksJumpOver_isAWeekLater() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        Clock thursday = Clock.fixed(Instant.parse("2027-03-25T12:00:00Z"), berlin);
        assertEquals(
                Instant.parse("2027-04-04T00:30:00Z"),
                new Question.Moment(DayOfWeek.SUNDAY, LocalTime.of(2, 30))
                        .clock(thursday)
                        .instant());
        assertEquals(
                Instant.parse("2027-03-28T01:30:00Z"),
                new Question.Moment(DayOfWeek.SUNDAY, LocalTime.of(3, 30))
                        .clock(thursday)
                        .instant());
    }
}
