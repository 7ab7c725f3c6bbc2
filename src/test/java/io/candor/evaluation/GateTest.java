package io.candor.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final int QUESTIONS = 200;

  @Test
  void theSameResultsPass() throws IOException {
    assertEquals(List.of(), Gate.failures(below(150, "a"), below(150, "b")));
  }

  @Test
  void aQuestionThatFlipsIsNoise_twentyAreNot() throws IOException {
    assertEquals(List.of(), Gate.failures(below(150, "a"), below(149, "b")));

    var failures = Gate.failures(below(150, "a"), below(130, "b"));

    assertTrue(
        failures
            .getFirst()
            .startsWith("hits: hit@1 is 0.650, and was 0.750: -0.100, noise band -0."),
        failures::toString);
  }

  @Test
  void aGainPasses() throws IOException {
    var failures = Gate.failures(below(100, "a"), below(150, "b"));
    assertFalse(failures.stream().anyMatch(line -> line.contains("hit@1")), failures::toString);
  }

  @Test
  void oneResultOfAnotherTenantIsOneTooMany() throws IOException {
    var failures = Gate.failures(below(150, "a"), below(150, "leaky"));
    assertEquals(1, failures.size(), failures::toString);
    assertTrue(failures.getFirst().startsWith("hits: foreign results is 1.000, and was 0.000"));
  }

  @Test
  void aSuiteThatWasNotRunFails() throws IOException {
    var none = new Report("run", "none", java.time.Instant.EPOCH, List.of());
    assertEquals(
        List.of("hits is in the baseline and was not run"), Gate.failures(below(150, "a"), none));
  }

  /** Right on the questions with a lower number. */
  private static Report below(int number, String label) throws IOException {
    return TestReports.hits(label, QUESTIONS, i -> i < number ? 1 : 0);
  }
}
