package io.candor.evaluation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells sentences in a brand's voice from plain ones: logistic regression over the words and pairs
 * of words that a sentence has, by gradient descent from zero, so that the same examples make the
 * same classifier.
 */
final class StyleClassifier {
  private static final int STEPS = 600;
  private static final double STEP = 4;

  /** Of the squared weights, for each sentence learnt from. */
  private static final double PENALTY = 0.1;

  private final Map<String, Integer> features = new HashMap<>();
  private final double[] weights;
  private double bias;

  private record Example(int[] features, double label) {}

  /** Learns from sentences of both kinds. */
  StyleClassifier(List<String> brand, List<String> plain) {
    brand.forEach(this::learnWords);
    plain.forEach(this::learnWords);
    weights = new double[features.size()];
    var examples = new Example[brand.size() + plain.size()];
    for (int i = 0; i < examples.length; i++) {
      boolean isBrand = i < brand.size();
      var sentence = isBrand ? brand.get(i) : plain.get(i - brand.size());
      examples[i] = new Example(known(sentence), isBrand ? 1 : 0);
    }
    for (int step = 0; step < STEPS; step++) {
      descend(examples);
    }
  }

  /** How probable it is that the sentence is in the brand's voice. */
  double probability(String sentence) {
    return probability(known(sentence));
  }

  private void descend(Example[] examples) {
    var gradient = new double[weights.length];
    double slope = 0;
    for (var example : examples) {
      double error = probability(example.features()) - example.label();
      double each = error * scale(example.features());
      for (int feature : example.features()) {
        gradient[feature] += each;
      }
      slope += error;
    }
    double rate = STEP / examples.length;
    for (int i = 0; i < weights.length; i++) {
      weights[i] -= rate * (gradient[i] + PENALTY * weights[i]);
    }
    bias -= rate * slope;
  }

  private double probability(int[] sentence) {
    double sum = Arrays.stream(sentence).mapToDouble(feature -> weights[feature]).sum();
    return 1 / (1 + Math.exp(-bias - sum * scale(sentence)));
  }

  /** A sentence's features have length 1, however many they are. */
  private static double scale(int[] sentence) {
    return 1 / Math.sqrt(Math.max(1, sentence.length));
  }

  private void learnWords(String sentence) {
    WordGrams.of(sentence).forEach(gram -> features.putIfAbsent(gram, features.size()));
  }

  private int[] known(String sentence) {
    return WordGrams.of(sentence).stream()
        .filter(features::containsKey)
        .mapToInt(features::get)
        .sorted()
        .toArray();
  }
}
