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
          hey there, how are you today?                          | GREETING
          Guten Morgen                                           | GREETING
          Bonjour!                                               | GREETING
          hello? is anybody there                                | GREETING
          Good evening, is the outlet open on Monday?            | QUESTION
          Great, thanks! Bye                                     | GOODBYE
          that's all for today, thank you                        | GOODBYE
          Are you a bot?                                         | ASSISTANT
          can you tell me whether you are a real person          | ASSISTANT
          what's your name                                       | ASSISTANT
          What can you do for me?                                | ASSISTANT
          Are you a registered charity?                          | QUESTION
          Is this a machine wash?                                | QUESTION
          lol ok                                                 | BANTER
          hmm                                                    | BANTER
          Ok and what does it cost?                              | QUESTION
          you are completely useless                             | COMPLAINT
          what a terrible service!                               | QUESTION
          terrible service                                       | COMPLAINT
          This lamp is useless, can I send it back?              | QUESTION
          your website is rubbish                                | COMPLAINT
          useless thing, get me a real person now                | PERSON
          Is there anyone I can talk to?                         | PERSON
          I would like to speak with one of your colleagues      | PERSON
          Do I have to talk to someone to close my account?      | QUESTION
          What does an agent fee include?                        | QUESTION
          Which person gives me the manager discount?            | QUESTION
          You will be hearing from my lawyer                     | SENSITIVE
          My father passed away and he had an order with you     | SENSITIVE
          the kettle caught fire and my arm is scalded           | SENSITIVE
          My account was hacked!                                 | SENSITIVE
          Can somebody else collect the order for me?            | QUESTION
          Is the lawyer's gown machine washable?                 | QUESTION
          """)
  void aMessageWantsWhatItSays(String message, Intent intent) {
    assertEquals(intent, Intent.of(message, List.of()));
  }

  @Test
  void yesToTheOfferOfAPersonAsksForOne() {
    var abstained =
        List.of(new Conversations.Turn("Boats?", "Boats?", "abstained", "Shall I pass it on?"));
    assertEquals(Intent.PERSON, Intent.of("Yes please", abstained));
    assertEquals(Intent.BANTER, Intent.of("Yes please", List.of()));
    assertEquals(Intent.QUESTION, Intent.of("Yes, but do you sell canoes?", abstained));
  }
}
