package io.candor.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.candor.TestConfig;
import io.candor.chat.Conversations.Turn;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model's wording of a follow-up is believed only where nothing is lost and nothing invented. */
class FollowUpsTest {
  private static final List<Turn> TURNS =
      List.of(
          new Turn(
              "What does a parcel of 5 kg to Germany cost?",
              "What does a parcel of 5 kg to Germany cost?",
              "answered",
              "A parcel of up to 10 kg to Germany costs €14.60."));
  private static final String MESSAGE = "does that one need a signature then?";
  private static final String BY_RULE = "What does a parcel of 5 kg to Germany cost? " + MESSAGE;

  private static String asked(String rewrite, String said, List<Turn> turns) {
    var config = TestConfig.of(ChatConfig.class, "candor.chat.rewrite", rewrite);
    return new FollowUps(new ScriptedModel(said), config).questions(MESSAGE, turns).getFirst();
  }

  @Test
  void aFaithfulWordingStandsForTheFollowUp() {
    var wording = "Does a parcel of 5 kg to Germany need a signature?";

    assertEquals(wording, asked("model", wording, TURNS));
    assertEquals(wording, asked("model", wording + "\n\nIt does not.", TURNS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Does a parcel of 6 kg to Germany need a signature?        | another number
          Does a parcel of 5 kg to France need a signature?         | another name
          Does a parcel to Germany cost €14.60?                     | the signature is lost
          Yes, every parcel over €300.00 needs a signature.         | an answer
          ''                                                        | nothing
          """)
  void anyOtherIsNotBelieved(String wording, String fault) {
    assertEquals(BY_RULE, asked("model", wording, TURNS), fault);
  }

  @Test
  void theModelIsNotAskedWhereRulesSuffice() {
    assertEquals(BY_RULE, asked("rules", "Does a parcel to Germany need a signature?", TURNS));
    assertEquals(MESSAGE, asked("model", "Does a parcel need a signature?", List.of()));
  }
}
