package io.candor.security;

import jakarta.enterprise.context.ApplicationScoped;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Tells how likely a text is to be an attempt to steer the language model: a customer's message
 * ({@link Screening}) or a retrieved passage with an instruction planted in it. A linear model,
 * trained offline; it scores a message in well under a millisecond.
 */
@ApplicationScoped
public class InjectionDetector {
  /**
   * Thresholds on the score, chosen on held-out benign questions; see the injection evaluation
   * among the tests.
   */
  static final double SUSPICIOUS = 0.5;

  static final double ATTACK = 0.8;

  private static final int WINDOW = 600;
  private final InjectionModel model;

  /** A detector on the shipped weights. */
  public InjectionDetector() {
    this(InjectionModel.shipped());
  }

  InjectionDetector(InjectionModel model) {
    this.model = model;
  }

  /** A range of a text, in UTF-16 units, that reads like an instruction to the model. */
  public record Sentence(int start, int end, double score) {}

  /**
   * The probability of an attack, 0 to 1: of the whole text, of its worst part, or of what is
   * encoded in it.
   */
  public double score(String text) {
    var folded = FoldedText.of(text);
    double worst = model.probability(folded);
    String all = folded.text();
    for (int start = 0; all.length() > 2 * WINDOW && start < all.length(); start += WINDOW / 2) {
      String part = all.substring(start, Math.min(all.length(), start + WINDOW));
      worst = Math.max(worst, model.probability(new FoldedText(part, 0, List.of())));
    }
    for (String hidden : folded.decoded()) {
      worst = Math.max(worst, model.probability(FoldedText.of(hidden)));
    }
    return worst;
  }

  /** The verdict that {@link Screening} gives for a score. */
  public InjectionVerdict verdict(double score) {
    if (score >= ATTACK) {
      return InjectionVerdict.ATTACK;
    }
    return score >= SUSPICIOUS ? InjectionVerdict.SUSPICIOUS : InjectionVerdict.BENIGN;
  }

  /**
   * The sentences of a longer text (a retrieved passage) that score at least {@code threshold}, in
   * order.
   */
  public List<Sentence> suspiciousSentences(String text, double threshold) {
    var found = new ArrayList<Sentence>();
    var sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
    sentences.setText(text);
    int start = sentences.first();
    for (int end = sentences.next();
        end != BreakIterator.DONE;
        start = end, end = sentences.next()) {
      String sentence = text.substring(start, end);
      double score = sentence.isBlank() ? 0 : score(sentence);
      if (score >= threshold) {
        found.add(new Sentence(start, start + sentence.stripTrailing().length(), score));
      }
    }
    return found;
  }
}
