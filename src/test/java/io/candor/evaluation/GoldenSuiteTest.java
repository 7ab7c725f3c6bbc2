package io.candor.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class GoldenSuiteTest {
  @Test
  void theDemoCompanysAnswerableQuestionsAreManyAndAllDifferent() throws IOException {
    var questions = GoldenSuite.answerable();
    assertTrue(questions.size() >= 3 * 40, "each third of them has at least 40");
    assertEquals(questions.size(), new HashSet<>(questions).size());
  }
}
