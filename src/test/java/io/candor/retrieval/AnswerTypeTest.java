package io.candor.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerTypeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      textBlock =
          """
          How much is express delivery?          ¦ Express delivery costs €11.50.        ¦ true
          How much is express delivery?          ¦ Express delivery takes a day.         ¦ false
          what does it cost to send it back      ¦ Returns in our shops are free.        ¦ true
          How long does a refund take?           ¦ We pay within 5 working days.         ¦ true
          How long does a refund take?           ¦ We pay to the card that you used.     ¦ false
          When do you close on Sunday?           ¦ Sunday: 12:00 to 18:00                ¦ true
          How heavy is the kettle?               ¦ Weight: 1.2 kg                        ¦ true
          Can I bring my dog?                    ¦ Dogs up to 20 kg are welcome.         ¦ false
          """)
  void aSentenceHoldsTheKindOfAnswerAskedFor(String question, String sentence, boolean holds) {
    assertEquals(holds, AnswerType.of(question).isIn(sentence));
  }
}
