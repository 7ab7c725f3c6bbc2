package io.candor.evaluation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects one question's scores and times while a {@link Suite} grades its answer. */
final class ResultDraft {
  private final Question question;
  private final Map<String, Double> scores = new LinkedHashMap<>();
  private final Map<String, Double> millis = new LinkedHashMap<>();

  ResultDraft(Question question) {
    this.question = question;
  }

  ResultDraft score(String name, double value) {
    if (!Double.isNaN(value)) {
      scores.put(name, Math.round(value * 1e6) / 1e6);
    }
    return this;
  }

  ResultDraft score(String name, boolean value) {
    return score(name, value ? 1 : 0);
  }

  ResultDraft took(String stage, double value) {
    millis.put(stage, Math.round(value * 100) / 100.0);
    return this;
  }

  Result done(String expected, String said, List<Result.Passage> passages, String fault) {
    return new Result(
        question.id(),
        question.tags(),
        question.text(),
        scores,
        millis,
        expected,
        said,
        passages,
        fault,
        null);
  }
}
