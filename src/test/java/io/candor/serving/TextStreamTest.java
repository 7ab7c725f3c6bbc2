package io.candor.serving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextStreamTest {
  @ParameterizedTest
  @ValueSource(strings = {"plain", "naïve café", "שלום עולם", "🙂👩‍👩‍👧 – 日本語", ""})
  void charactersSplitOverTokensArriveWhole(String text) {
    var stream = new TextStream(List.of());
    var parts = new ArrayList<String>();
    for (byte b : text.getBytes(UTF_8)) {
      parts.add(stream.append(new byte[] {b}));
    }
    parts.add(stream.finish());

    assertEquals(text, String.join("", parts));
    assertTrue(
        parts.stream().allMatch(part -> part.equals(new String(part.getBytes(UTF_8), UTF_8))));
  }

  @Test
  void anIncompleteCharacterAtTheEndIsNotShown() {
    var stream = new TextStream(List.of());

    assertEquals("a", stream.append(new byte[] {'a', (byte) 0xf0, (byte) 0x9f}));
    assertEquals("", stream.finish());
  }

  @Test
  void aStopSequenceSplitOverTokensIsNeverShown() {
    var stream = new TextStream(List.of("\nUser:", "END"));
    var shown = new StringBuilder();
    for (var token : List.of("Yes.", "\n", "Us", "er", ": and", " more")) {
      shown.append(stream.append(token.getBytes(UTF_8)));
    }

    assertTrue(stream.stopped());
    assertEquals("Yes.", shown + stream.finish());
  }

  @Test
  void whatOnlyBeginsLikeAStopSequenceIsShown() {
    var stream = new TextStream(List.of("END"));

    assertEquals("TH", stream.append("THE".getBytes(UTF_8)));
    assertEquals("E E", stream.append(" EE".getBytes(UTF_8)));
    assertEquals("E", stream.finish());
  }

  @Test
  void theFirstOfTwoStopSequencesCounts() {
    var stream = new TextStream(List.of("b", "a"));

    assertEquals("x", stream.append("xab".getBytes(UTF_8)));
  }
}
