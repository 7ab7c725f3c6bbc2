package io.candor.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntentTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Hi                                                     | GREETING
          Good morning!                                          | GREETING
          Hello, how long do I have to return a tent?            | QUESTION
          thanks a lot                                           | THANKS
          ok great, thank you!                                   | THANKS
          Thanks. And how much is express?                       | QUESTION
          I want to speak to a human                             | PERSON
          can you put me through to a real person please         | PERSON
          agent                                                  | PERSON
          give me a human!!                                      | PERSON
          stop talking and give me somebody who can think       | PERSON
          connect me with your manager                           | PERSON
          Does a person have to sign for the parcel?             | QUESTION
          Who is the travel agent for the trip?                  | QUESTION
          Can a friend return it for me in person?               | QUESTION
          Is there a staff discount?                             | QUESTION
          """)
  void aMessageWantsWhatItSays(String message, Intent intent) {
    assertEquals(intent, Intent.of(message, List.of()));
  }

  @Test
  void yesToTheOfferOfAPersonAsksForOne() {
    var abstained = List.of(new Conversations.Turn("Do you sell boats?", "abstained"));
    assertEquals(Intent.PERSON, Intent.of("Yes please", abstained));
    assertEquals(Intent.QUESTION, Intent.of("Yes please", List.of()));
    assertEquals(Intent.QUESTION, Intent.of("Yes, but do you sell canoes?", abstained));
  }
}
