package io.candor.evaluation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much a reply sounds like a suite's references and not like its plain replies. Classifiers are
 * cross-validated: a question's replies are judged by one that has not seen that question.
 */
final class VoiceStyle {
  private static final int FOLDS = 5;

  private final Map<String, Integer> folds = new HashMap<>();
  private final List<StyleClassifier> classifiers = new ArrayList<>();

  /** From all questions of the suite, whichever are asked. */
  static VoiceStyle of(Dataset data) {
    try (var questions = data.questions()) {
      return new VoiceStyle(questions.toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private VoiceStyle(List<Question> questions) {
    if (questions.size() < FOLDS) {
      throw new IllegalArgumentException(
          "a style is learnt from at least %d questions, not %d"
              .formatted(FOLDS, questions.size()));
    }
    for (int i = 0; i < questions.size(); i++) {
      folds.put(questions.get(i).id(), i % FOLDS);
    }
    for (int fold = 0; fold < FOLDS; fold++) {
      classifiers.add(
          new StyleClassifier(
              others(questions, fold, VoiceSuite.REFERENCE),
              others(questions, fold, VoiceSuite.PLAIN)));
    }
  }

  private List<String> others(List<Question> questions, int fold, String kind) {
    return questions.stream()
        .filter(question -> folds.get(question.id()) != fold)
        .flatMap(question -> MarkedReply.of(question.expect().path(kind).asText()).texts().stream())
        .toList();
  }

  /** The mean over the sentences, 0 (plain) to 1 (the brand's). */
  double of(Question question, List<String> sentences) {
    var classifier = classifiers.get(folds.get(question.id()));
    return sentences.stream().mapToDouble(classifier::probability).average().orElse(Double.NaN);
  }
}
