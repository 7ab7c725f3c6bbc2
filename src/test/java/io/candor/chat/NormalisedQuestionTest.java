package io.candor.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalisedQuestionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          What's the return window?      | whats the return window
          Hi, can I return it, please?   | CAN I RETURN IT
          Hello team! How long is it?    | how long is it... thanks
          """)
  void theSameWordsAreTheSameQuestion(String one, String other) {
    assertEquals(NormalisedQuestion.of(one), NormalisedQuestion.of(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Is it 1.5 kg?            | Is it 15 kg?
          Can I return it?         | Can't I return it?
          Is there a fee of $5?    | Is there a fee of €5?
          Does my card work?       | Do my cards work?
          At 10:30?                | At 1030?
          """)
  void whatMayMeanSomethingElseIsAnother(String one, String other) {
    assertNotEquals(NormalisedQuestion.of(one), NormalisedQuestion.of(other));
  }

  @Test
  @EnabledIfEnvironmentVariable(named = "CANDOR_EVAL_DATA", matches = ".+")
  void noTwoBankingIntentsShareAQuestion() throws IOException {
    var file = Path.of(System.getenv("CANDOR_EVAL_DATA")).resolve("banking77/train.csv");
    var intents = new HashMap<String, String>();
    int hits = 0;
    try (MappingIterator<Map<String, String>> rows =
        new CsvMapper()
            .readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader())
            .readValues(file.toFile())) {
      while (rows.hasNext()) {
        var row = rows.next();
        var intent = row.get("category");
        var before = intents.put(NormalisedQuestion.of(row.get("text")), intent);
        if (before != null) {
          assertEquals(before, intent, row.get("text"));
          hits++;
        }
      }
    }
    System.out.printf("banking77: %d of 10,003 questions asked before, 0 false hits%n", hits);
  }
}
