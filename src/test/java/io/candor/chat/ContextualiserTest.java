package io.candor.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContextualiserTest {
  private static final String EARLIER = "How much does express delivery to Cork cost?";
  private static final List<Conversations.Turn> TURNS =
      List.of(new Conversations.Turn(EARLIER, "answered"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "and standard?", "How long does it take?", "what about Galway", "Why?", "even on Sundays?",
        "Is that per item?"
      })
  void aFollowUpTakesTheEarlierQuestionWithIt(String message) {
    assertEquals(EARLIER + " " + message, Contextualiser.standalone(message, TURNS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "How long is the warranty on the Heron 3 tent?",
        "Can I return a custom-cut rug that arrived faulty?",
        "Do you take back old batteries in your shops?"
      })
  void aQuestionThatStandsAloneIsLeftAsItIs(String message) {
    assertEquals(message, Contextualiser.standalone(message, TURNS));
  }

  @Test
  void theFirstMessageHasNothingToLeanOn() {
    assertEquals("and standard?", Contextualiser.standalone("and standard?", List.of()));
  }
}
