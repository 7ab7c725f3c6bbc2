package io.candor.evaluation;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which of a suite's questions are asked.
 *
 * @param limit the most, taken evenly from all; 0 for all
 * @param tags of which a question has one at least; empty for any
 */
public record Sample(int limit, List<String> tags) {
  public static final Sample ALL = new Sample(0, List.of());

  public Sample {
    if (limit < 0) {
      throw new IllegalArgumentException("a limit is at least 1, not " + limit);
    }
    tags = List.copyOf(tags);
  }

  /** How many questions of the suite are asked. */
  int size(Suite suite) throws IOException {
    int all = count(suite);
    return limit == 0 ? all : Math.min(limit, all);
  }

  /** The questions in their order; closed by the caller. */
  Stream<Question> of(Suite suite) throws IOException {
    int all = count(suite);
    int taken = limit == 0 ? all : Math.min(limit, all);
    long[] at = {0};
    return suite
        .questions()
        .filter(this::isWanted)
        // the i-th of n is taken where i * taken / n steps up, which is even for any n
        .filter(question -> {
          long i = at[0]++;
          return (i + 1) * taken / all > i * taken / all;
        });
  }

  private int count(Suite suite) throws IOException {
    try (var questions = suite.questions()) {
      return (int) questions.filter(this::isWanted).count();
    }
  }

  private boolean isWanted(Question question) {
    return tags.isEmpty() || question.tags().stream().anyMatch(tags::contains);
  }
}
