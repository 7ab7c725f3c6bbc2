package io.candor.knowledge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShinglesTest {
  private static final String TEXT =
      IntStream.range(0, 200).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));

  @Test
  void theSameWordsAreTheSameWhateverStandsBetweenThem() {
    var shouted = Shingles.of("policy", "Other", TEXT.toUpperCase().replace(" ", ",\n"));
    assertEquals(1, Shingles.of("policy", "Title", TEXT).similarity(shouted));
  }

  @Test
  void aChangedWordLeavesTextsAlikeAndFindable() {
    var one = Shingles.of("policy", "", TEXT);
    var other = Shingles.of("policy", "", TEXT.replace("word77 ", "another "));
    double similarity = one.similarity(other);

    assertTrue(similarity > .9 && similarity < 1, "" + similarity);
    assertTrue(
        Arrays.stream(one.bands())
            .anyMatch(b -> Arrays.stream(other.bands()).anyMatch(o -> o == b)));
  }

  @Test
  void otherQuestionsWithTheSameAnswerAreNotTheSame() {
    var one = Shingles.of("faq", "Can I return a tent?", "Yes.");
    assertTrue(one.similarity(Shingles.of("faq", "Do you ship to Norway?", "Yes.")) < .5);
  }
}
