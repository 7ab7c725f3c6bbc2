package io.candor.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScaleCorpusTest {
  private final ScaleCorpus corpus = new ScaleCorpus(10_000);

  @Test
  void theSameNumberIsTheSameDocumentHoweverLargeTheCorpus() {
    var one = corpus.document(77);
    var same = new ScaleCorpus(1_000_000).document(77);

    assertEquals(one.title(), same.title());
    assertEquals(one.passages().getLast().text(), same.passages().getLast().text());
    assertArrayEquals(one.passages().getLast().vector(), same.passages().getLast().vector(), 1e-9f);
  }

  @Test
  void passagesAreAsLongAndAsAlikeAsRealOnes() {
    var lengths =
        IntStream.range(0, 200)
            .mapToObj(corpus::document)
            .flatMap(document -> document.passages().stream())
            .collect(Collectors.averagingInt(passage -> passage.text().length()));
    double strangers =
        IntStream.range(0, 200)
            .mapToDouble(i -> cosine(first(37 * i % 1000), first((37 * i + 499) % 1000)))
            .average()
            .orElseThrow();

    assertEquals(400, lengths, 20);
    assertEquals(0.48, strangers, 0.04);
  }

  @Test
  void aQuestionLiesNearThePassageThatItIsAbout() {
    var question = corpus.question(5, 321).vector();
    double own =
        corpus.document(321).passages().stream()
            .mapToDouble(passage -> cosine(question, passage.vector()))
            .max()
            .orElseThrow();
    double others =
        IntStream.range(400, 600).mapToDouble(i -> cosine(question, first(i))).max().orElseThrow();

    assertTrue(own > others, own + " against " + others);
  }

  @Test
  void aFewWordsAreFrequentAndMostAreRare() {
    var passages =
        IntStream.range(0, 300)
            .mapToObj(corpus::document)
            .flatMap(document -> document.passages().stream())
            .map(passage -> Arrays.stream(passage.text().split("[ .]")).collect(Collectors.toSet()))
            .toList();
    var counts =
        passages.stream()
            .flatMap(words -> words.stream())
            .collect(Collectors.groupingBy(word -> word, Collectors.counting()));
    double most = counts.values().stream().mapToLong(n -> n).max().orElseThrow();
    double once = counts.values().stream().filter(n -> n <= 2).count();

    assertTrue(most > 0.5 * passages.size(), "the most frequent word is in most passages");
    assertTrue(once > 0.4 * counts.size(), "nearly half of the words are in one or two");
  }

  private float[] first(int document) {
    return corpus.document(document).passages().getFirst().vector();
  }

  private static double cosine(float[] a, float[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }
}
