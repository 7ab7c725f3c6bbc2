package io.candor.grounding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SentencesTest {
  private static List<String> texts(String text) {
    return Sentences.split(text).stream().map(Sentences.Span::text).toList();
  }

  @Test
  void abbreviationsDecimalsAndInitialsDoNotEndASentence() {
    assertEquals(
        List.of("Ask Dr. Smith, e.g. by phone.", "It costs $2.50 in the U.S. Really?", "Yes!"),
        texts("Ask Dr. Smith, e.g. by phone. It costs $2.50 in the U.S. Really? Yes!"));
  }

  @Test
  void softLineBreaksDoNotEndASentenceButBlankLinesDo() {
    assertEquals(List.of("One\nsentence.", "Another"), texts("One\nsentence.\n\nAnother"));
  }

  @Test
  void headingsItemsAndRowsStandAlone() {
    String text =
        "# Returns\nText here.\n- First item. More.\n- Second\n1. Step\n| a | b |\n|---|---|\n| 1 | 2 |\n";
    assertEquals(
        List.of(
            "# Returns",
            "Text here.",
            "- First item.",
            "More.",
            "- Second",
            "1. Step",
            "| a | b |",
            "| 1 | 2 |"),
        texts(text));
  }

  @Test
  void everySpanIsItsRangeOfTheTextAndTheyAreInOrder() {
    var random = new Random(11);
    var pieces =
        "Dr. |e.g. |No! |a\n\n|- x\n|| a | b |\n|# h\n|1. y\n|\u00a0|😀. |3.5 |؟ |\"Z.\" |\r\n"
            .split("\\|");
    for (int i = 0; i < 500; i++) {
      var text =
          random
              .ints(random.nextInt(30), 0, pieces.length)
              .mapToObj(piece -> pieces[piece])
              .collect(Collectors.joining());
      int end = 0;
      for (Sentences.Span span : Sentences.split(text)) {
        assertEquals(text.substring(span.start(), span.end()), span.text());
        assertTrue(span.start() >= end && !span.text().isBlank());
        end = span.end();
      }
    }
  }
}
