package io.candor.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.candor.TestConfig;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContextualiserTest {
  private static final FollowUps FOLLOW_UPS =
      new FollowUps(new ScriptedModel(""), TestConfig.of(ChatConfig.class));

  private static final String EARLIER = "How much does express delivery to Cork cost?";
  private static final List<Conversations.Turn> TURNS = List.of(answered(EARLIER, "9 euros."));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "and standard?",
        "How long does it take?",
        "what about Galway",
        "Why?",
        "even on Sundays?",
        "Is that per item?",
        "the cheaper one",
        "Is the parcel insured?",
        "Great. And if nobody opens the door to take the parcel in?",
        "no, I meant the slower kind"
      })
  void aFollowUpTakesTheEarlierQuestionWithIt(String message) {
    assertEquals(EARLIER + " " + message, standalone(message, TURNS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "How long is the warranty on the Heron 3 tent?",
        "Can I return a custom-cut rug that arrived faulty?",
        "Do you take back old batteries in your shops?",
        "Is it possible to change the address of an order?",
        "My blender leaks, can I send it back?"
      })
  void aQuestionThatStandsAloneIsLeftAsItIs(String message) {
    assertEquals(message, standalone(message, TURNS));
  }

  @Test
  void anotherPhraseTakesThePlaceOfTheEarlierOne() {
    var turns = List.of(answered("What does a parcel of 3 kg to Norway cost?", ""));
    assertEquals(
        "What does a parcel of 3 kg to Norway cost? and to Chile?",
        standalone("and to Chile?", turns),
        "the earlier phrase does not end its question");
    assertEquals(
        "Is the branch open on Fridays?",
        standalone(
            "What about on Fridays?", List.of(answered("Is the branch open on Sundays?", ""))));
  }

  @Test
  void smallTalkBetweenTwoQuestionsDoesNotPartThem() {
    var turns =
        List.of(
            TURNS.getFirst(),
            new Conversations.Turn("thanks", "thanks", "clarify", "You are welcome."));
    assertEquals(EARLIER + " and standard?", standalone("and standard?", turns));
  }

  @Test
  void whatTheReplyNamedIsWhatAFollowUpIsAbout() {
    var turns = List.of(answered("which kettle is the quietest?", "It is the Whisper 20 kettle."));
    assertEquals(
        "Whisper 20 kettle which kettle is the quietest? how heavy is it?",
        standalone("how heavy is it?", turns));
  }

  @Test
  void theAnswerToAClarifyingQuestionCompletesWhatWasNotClear() {
    var asked = new Clarification(List.of("Loans", "Current accounts", "Cards")).text();
    var turns =
        List.of(
            new Conversations.Turn("what are the fees?", "what are the fees?", "clarify", asked));
    assertEquals("what are the fees? Current accounts", standalone("the second one please", turns));
    assertEquals("what are the fees? Cards", standalone("cards", turns));
    assertEquals("what are the fees? Cards", standalone("the last", turns));
    assertEquals(
        "Where is your branch in Leeds city?",
        standalone("Where is your branch in Leeds city?", turns));
  }

  @Test
  void theFirstMessageHasNothingToLeanOn() {
    assertEquals("and standard?", standalone("and standard?", List.of()));
  }

  private static String standalone(String message, List<Conversations.Turn> turns) {
    return String.join(" | ", FOLLOW_UPS.questions(message, turns));
  }

  private static Conversations.Turn answered(String question, String reply) {
    return new Conversations.Turn(question, question, "answered", reply);
  }
}
