package io.candor.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Trains the injection model and prints what transfers between sources. Run its main method from
 * the test class path with the folder of development data and the file to write. Same data, same
 * weights.
 */
final class InjectionTrainer {
  private static final int EPOCHS = 12;
  private static final double LEARNING_RATE = 0.08;
  private static final double L2 = 2e-6;
  private static final int LONGEST = 2_000;
  private static final int OPENING = 400;

  private record Example(InjectionFeatures features, boolean attack, float weight) {}

  /** A linear model before quantising. */
  private record Linear(float[] weights, double bias) {
    double logit(InjectionFeatures features) {
      double sum = bias;
      for (int i = 0; i < features.indices().length; i++) {
        sum += weights[features.indices()[i]] * features.values()[i];
      }
      return sum;
    }
  }

  private InjectionTrainer() {}

  public static void main(String[] arguments) throws IOException {
    var corpus = InjectionCorpus.read(Path.of(arguments[0]));
    report(
        "held out: in-the-wild, dan; dstc11, stackfaq, finance",
        corpus,
        Set.of("in-the-wild", "dan", "dstc11", "stackfaq", "multidogo-finance", "policyqa"));
    report(
        "held out: notinject's sources; policies, clinc150",
        corpus,
        Set.of(
            "BIPIA_text",
            "BIPIA_code",
            "PINT_public_prompt_injection",
            "PINT_internal_prompt_injection",
            "PINT_jailbreak",
            "PINT_chat",
            "PINT_documents",
            "PINT_hard_negatives",
            "NotInject_one",
            "NotInject_two",
            "NotInject_three",
            "WildGuard",
            "policy-documents",
            "clinc150"));
    report(
        "held out: bipia, prompt-extraction; banking77, natcs",
        corpus,
        Set.of(
            "bipia",
            "prompt-extraction",
            "banking77",
            "natcs",
            "multidogo-airline",
            "abcd-guidelines"));
    var model = train(corpus, Set.of());
    try (var out = Files.newOutputStream(Path.of(arguments[1]))) {
      model.write(out);
    }
    System.out.println("wrote " + Files.size(Path.of(arguments[1])) + " bytes");
  }

  static InjectionModel train(InjectionCorpus corpus, Set<String> heldOut) {
    var examples = examples(corpus, heldOut);
    Collections.shuffle(examples, new Random(11));
    int fold = examples.size() / 5;
    var first = fit(examples.subList(fold, examples.size()));
    double[] platt = calibrate(first, examples.subList(0, fold));
    return quantise(fit(examples), platt);
  }

  private static List<Example> examples(InjectionCorpus corpus, Set<String> heldOut) {
    var examples = new ArrayList<Example>();
    var random = new Random(5);
    corpus
        .attacks()
        .forEach((source, texts) -> {
          if (!heldOut.contains(source)) {
            texts.forEach(text -> add(examples, text, true, 4));
          }
        });
    InjectionPhrases.attacks(40, random).forEach(text -> add(examples, text, true, 1));
    corpus
        .benign()
        .forEach((source, texts) -> {
          if (!heldOut.contains(source)) {
            texts.forEach(text -> add(examples, text, false, texts.size() < 100 ? 4 : 1));
          }
        });
    InjectionPhrases.lookalikes(40, random).forEach(text -> add(examples, text, false, 1));
    return examples;
  }

  private static void add(List<Example> examples, String text, boolean attack, float weight) {
    String whole = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    examples.add(new Example(InjectionFeatures.of(FoldedText.of(whole)), attack, weight));
    if (text.length() > 2 * OPENING) {
      examples.add(
          new Example(
              InjectionFeatures.of(FoldedText.of(text.substring(0, OPENING))), attack, weight / 2));
    }
  }

  /** Logistic regression by Adagrad (Duchi et al. 2011), L2 on the weights a text touches. */
  private static Linear fit(List<Example> examples) {
    float[] weights = new float[InjectionFeatures.SIZE];
    float[] squares = new float[InjectionFeatures.SIZE];
    double bias = 0;
    double biasSquares = 1;
    var order = new ArrayList<>(examples);
    var random = new Random(3);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      Collections.shuffle(order, random);
      for (Example example : order) {
        var features = example.features();
        double error =
            sigmoid(new Linear(weights, bias).logit(features)) - (example.attack() ? 1 : 0);
        double step = error * example.weight();
        biasSquares += step * step;
        bias -= LEARNING_RATE * step / Math.sqrt(biasSquares);
        for (int i = 0; i < features.indices().length; i++) {
          int at = features.indices()[i];
          double gradient = step * features.values()[i] + L2 * weights[at];
          squares[at] += (float) (gradient * gradient);
          weights[at] -= (float) (LEARNING_RATE * gradient / Math.sqrt(squares[at] + 1e-6));
        }
      }
    }
    return new Linear(weights, bias);
  }

  /** Platt's sigmoid a * logit + b by gradient descent on held-out examples. */
  private static double[] calibrate(Linear model, List<Example> examples) {
    double a = 1;
    double b = 0;
    double[] logits =
        examples.stream().mapToDouble(example -> model.logit(example.features())).toArray();
    for (int step = 0; step < 2_000; step++) {
      double slope = 0;
      double shift = 0;
      for (int i = 0; i < logits.length; i++) {
        double error = sigmoid(a * logits[i] + b) - (examples.get(i).attack() ? 1 : 0);
        slope += error * logits[i];
        shift += error;
      }
      a -= 0.05 * slope / logits.length;
      b -= 0.5 * shift / logits.length;
    }
    System.out.printf("examples %d, Platt a %.3f b %.3f%n", examples.size() * 5, a, b);
    return new double[] {a, b};
  }

  private static InjectionModel quantise(Linear model, double[] platt) {
    double largest = 0;
    for (float weight : model.weights()) {
      largest = Math.max(largest, Math.abs(weight));
    }
    byte[] quantised = new byte[model.weights().length];
    for (int i = 0; i < quantised.length; i++) {
      quantised[i] = (byte) Math.round(model.weights()[i] / largest * 127);
    }
    float scale = (float) (largest / 127 * platt[0]);
    return new InjectionModel(quantised, scale, (float) (model.bias() * platt[0] + platt[1]));
  }

  private static void report(String name, InjectionCorpus corpus, Set<String> heldOut) {
    var detector = new InjectionDetector(train(corpus, heldOut));
    System.out.println("== " + name);
    System.out.printf("%-32s %6s %10s %8s%n", "source", "texts", "suspicious", "attack");
    print(detector, corpus.attacks(), heldOut);
    print(detector, corpus.benign(), heldOut);
  }

  private static void print(
      InjectionDetector detector, Map<String, List<String>> sources, Set<String> heldOut) {
    for (String source : sources.keySet().stream().filter(heldOut::contains).toList()) {
      double[] scores = sources.get(source).stream().mapToDouble(detector::score).toArray();
      System.out.printf(
          "%-32s %6d %10.3f %8.3f%n",
          source,
          scores.length,
          share(scores, InjectionDetector.SUSPICIOUS),
          share(scores, InjectionDetector.ATTACK));
    }
  }

  private static double share(double[] scores, double threshold) {
    long reached = java.util.Arrays.stream(scores).filter(score -> score >= threshold).count();
    return (double) reached / scores.length;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
