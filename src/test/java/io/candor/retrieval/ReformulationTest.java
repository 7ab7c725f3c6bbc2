package io.candor.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReformulationTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Hi, I bought a tent last week. My husband hates it. Can I return a tent? | Can I return a tent?",
        "Hello! Could you tell me if the Rome store repairs boots? | the Rome store repairs boots?",
        "my kettle broke yesterday, how long is the warranty on kettles | how long is the warranty on kettles",
        "I moved house and will you redirect my parcel to Cork? | will you redirect my parcel to Cork?",
        "Do you ship to Norway? It is cold. Does express cost extra? Thanks | Does express cost extra?",
        "I was wondering whether gift cards expire in 2027 | gift cards expire in 2027"
      })
  void theSecondTryIsTheLastQuestionAlone(String question, String query) {
    assertEquals(Optional.of(query), Reformulation.of(question));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Can I return a tent?",
        "returns",
        "I want a refund for order 12345.",
        "My tent leaks. Is it?"
      })
  void aBareQuestionHasNoSecondTry(String question) {
    assertEquals(Optional.empty(), Reformulation.of(question));
  }

  @Test
  void aLongMessageIsReadInTime() {
    assertEquals(Optional.empty(), Reformulation.of("so ".repeat(3000)));
  }
}
