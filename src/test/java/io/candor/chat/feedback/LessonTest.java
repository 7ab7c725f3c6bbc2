package io.candor.chat.feedback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.candor.TestConfig;
import io.candor.grounding.GroundingConfig;
import io.candor.grounding.Verifier;
import java.util.List;
import org.junit.jupiter.api.Test;

class LessonTest {
  private static final List<String> FACTS =
      List.of("Standard delivery costs 4 euros.", "Express delivery costs 9 euros.");
  private static final Verifier VERIFIER = new Verifier(TestConfig.of(GroundingConfig.class));

  private static Lesson lesson(String words) {
    return Lesson.of(words, FACTS, VERIFIER);
  }

  @Test
  void aSentenceGetsTheNumberOfTheFactThatSupportsItWhateverItsAuthorWrote() {
    var lesson = lesson("Express delivery costs 9 euros. [1] Standard delivery costs 4 euros. [7]");
    assertEquals(
        "Express delivery costs 9 euros. [2] Standard delivery costs 4 euros. [1]", lesson.text());
    assertEquals(List.of(), lesson.unsupported());
  }

  @Test
  void aSentenceThatNoFactSupportsKeepsItsAuthorsNumbersAndIsTold() {
    var lesson = lesson("Standard delivery costs 5 euros. [1] [9]");
    assertEquals("Standard delivery costs 5 euros. [1]", lesson.text());
    assertEquals(1, lesson.unsupported().size());
    assertTrue(lesson.fault().contains("5 euros"), lesson.fault());
  }

  @Test
  void whatClaimsNothingNeedsNoFact() {
    assertEquals("Thank you for asking!", lesson("Thank you for asking!").text());
  }
}
