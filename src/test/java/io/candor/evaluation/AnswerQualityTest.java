package io.candor.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class AnswerQualityTest {
  private static String passage(String heading, String quote) {
    var citation = ServerUnderTest.JSON.createObjectNode();
    return AnswerQuality.passage(citation.put("heading", heading).put("quote", quote));
  }

  @Test
  void aRowIsReadUnderItsColumnsNames() {
    assertEquals("| Zone | Price |\n| 1 | €4 |", passage("Delivery > Zone | Price", "| 1 | €4 |"));
  }

  @Test
  void everythingElseIsReadAsItIsQuoted() {
    assertEquals("| Zone | Price |", passage("Delivery > Zone | Price", "| Zone | Price |"));
    assertEquals("| 1 | €4 |", passage("Delivery", "| 1 | €4 |"));
    assertEquals("It is free.", passage("Delivery > Zone | Price", "It is free."));
  }
}
