package io.candor.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VoiceRuleTest {
  /** Before, after and the band of their difference. */
  private static Comparison change(String figure, String numbers) {
    var n = Arrays.stream(numbers.split(" ")).mapToDouble(Double::parseDouble).toArray();
    boolean isBetter = !figure.startsWith("perplexity") && !figure.endsWith("ms");
    return new Comparison(figure, isBetter, 64, n[0], n[1], n[2], n[3]);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          BASE    | style                           | 0.20 0.90 0.60 0.80   | passes
          BASE    | style                           | 0.88 0.90 -0.01 0.05  | fails
          ADAPTER | style                           | 0.90 0.89 -0.03 0.01  | passes
          ADAPTER | style                           | 0.90 0.80 -0.20 0.01  | fails
          BASE    | perplexity of references        | 20 9 -13 -9           | passes
          BASE    | perplexity of references        | 20 19 -3 1            | fails
          BASE    | facts retained                  | 0.97 0.96 -0.03 0.01  | passes
          BASE    | facts retained                  | 0.97 0.96 -0.02 -0.001| fails
          BASE    | facts retained                  | 0.97 0.90 -0.15 0.01  | fails
          BASE    | facts retained after verification | 0.95 0.99 0 0.1     | passes
          BASE    | facts retained after verification | 1 0.98 -0.04 0      | fails
          BASE    | abstentions kept                | 1 0.98 -0.05 0        | fails
          BASE    | 20 tokens ms                    | 500 520 10 30         | passes
          BASE    | 20 tokens ms                    | 500 560 10 90         | passes
          BASE    | 20 tokens ms                    | 500 560 40 90         | fails
          """)
  void aRuleSaysWhatACandidateMustReach(
      String against, String figure, String numbers, String expected) {
    var rule =
        VoiceRule.all(against.equals("ADAPTER")).stream()
            .filter(it -> it.figure().equals(figure))
            .findFirst()
            .orElseThrow();
    assertEquals(
        expected,
        rule.passes(change(figure, numbers)) ? "passes" : "fails",
        () -> String.format(Locale.ROOT, "%s: %s", figure, rule.words()));
  }
}
