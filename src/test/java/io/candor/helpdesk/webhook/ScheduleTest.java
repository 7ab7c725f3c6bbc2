package io.candor.helpdesk.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  @Test
  void tenAttemptsAreSpreadOverThreeDaysAndMore() {
    var random = new Random(3);
    var total = Duration.ZERO;
    for (int attempt = 1; attempt < 10; attempt++) {
      total = total.plus(Schedule.after(attempt, random).orElseThrow());
    }
    assertEquals(Optional.empty(), Schedule.after(10, random));
    assertTrue(total.compareTo(Duration.ofHours(75).plusMinutes(35)) > 0, total.toString());
    assertTrue(total.compareTo(Duration.ofHours(84)) < 0, total.toString());
  }
}
