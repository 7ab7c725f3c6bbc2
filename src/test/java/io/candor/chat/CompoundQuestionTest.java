package io.candor.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompoundQuestionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          How long is delivery and can I pay on invoice? | How long is delivery | can I pay on invoice?
          What does the Aero fan cost? And do you ship to Malta? \
          | What does the Aero fan cost? | And do you ship to Malta?
          Is the Aero fan quiet and what does it cost? | Is the Aero fan quiet | Aero fan: what does it cost?
          If I cancel my trip, do I get a refund and how long until it arrives? \
          | If I cancel my trip, do I get a refund | If I cancel my trip: how long until it arrives?
          Hello, how are you? Do you open on Sundays? Where can I park my car? \
          | Do you open on Sundays? | Where can I park my car?
          """)
  void severalQuestionsAreTakenApart(String question, String first, String second) {
    assertEquals(List.of(first, second), CompoundQuestion.parts(question));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Where are the terms and conditions?",
        "Is there a black and white version?",
        "How and when do I get my refund?",
        "Can I return the lamp and the shade?",
        "I bought a lamp and when I opened the box it was broken",
        "My card was declined. What can I do?",
        "Why? What? Where can I complain? Who reads it? How long does a complaint take? Do you answer?"
      })
  void oneQuestionStaysOne(String question) {
    assertEquals(List.of(question), CompoundQuestion.parts(question));
  }
}
