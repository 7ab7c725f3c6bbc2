package io.candor.tuning.training;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Examples that are computed at once, as rows of one matrix: first the beginning that all of them
 * share, once, then what follows it in each, filled up to the longest.
 *
 * @param prefix how many tokens are shared
 * @param examples how many there are
 * @param length rows of each example after the prefix
 * @param tokens of all rows
 * @param predicting the rows whose next token belongs to an answer
 * @param targets those next tokens
 */
record Batch(int prefix, int examples, int length, int[] tokens, int[] predicting, int[] targets) {
  private static final int FILLER = 0;

  /** Examples that share their beginning as far as they do. */
  static Batch of(List<TokenisedExample> examples) {
    return of(examples, examples.size() == 1 ? 0 : sharedPrefix(examples));
  }

  /** The same without sharing: each example has all its rows. */
  static Batch plain(List<TokenisedExample> examples) {
    return of(examples, 0);
  }

  private static Batch of(List<TokenisedExample> examples, int prefix) {
    // An example's last token has nothing to predict.
    int length =
        examples.stream().mapToInt(example -> example.length() - 1 - prefix).max().orElseThrow();
    var tokens = new int[prefix + examples.size() * length];
    Arrays.fill(tokens, FILLER);
    System.arraycopy(examples.getFirst().tokens(), 0, tokens, 0, prefix);
    var predicting = IntStream.builder();
    var targets = IntStream.builder();
    for (int i = 0; i < examples.size(); i++) {
      var example = examples.get(i);
      int start = prefix + i * length;
      int rows = example.length() - 1 - prefix;
      System.arraycopy(example.tokens(), prefix, tokens, start, rows);
      for (int t = example.answerStart(); t < example.length(); t++) {
        predicting.add(start + t - 1 - prefix);
        targets.add(example.tokens()[t]);
      }
    }
    return new Batch(
        prefix,
        examples.size(),
        length,
        tokens,
        predicting.build().toArray(),
        targets.build().toArray());
  }

  /** The longest common beginning that leaves every example its prompt's last token. */
  private static int sharedPrefix(List<TokenisedExample> examples) {
    int most = examples.stream().mapToInt(e -> e.answerStart() - 1).min().orElseThrow();
    var first = examples.getFirst().tokens();
    for (var example : examples) {
      int differs = Arrays.mismatch(first, 0, most, example.tokens(), 0, most);
      most = differs < 0 ? most : differs;
    }
    return most;
  }

  int rows() {
    return tokens.length;
  }

  /** Where in its example each row stands. */
  int[] positions() {
    return IntStream.range(0, rows())
        .map(row -> row < prefix ? row : prefix + (row - prefix) % length)
        .toArray();
  }
}
