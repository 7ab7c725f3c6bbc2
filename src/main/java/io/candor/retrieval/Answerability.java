package io.candor.retrieval;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * How likely it is that the hits hold the question's answer; the pipeline decides by it whether to
 * answer at all.
 *
 * <p>A logistic of two features that do not depend on the number of documents: the best hits'
 * cosine similarity, and what the question has that the evidence lacks. {@code
 * AnswerabilityTrainer} fits it on rephrased FAQ questions, privacy-policy questions and dialogue
 * turns, each against passages with and without the answer, on questions asked of another set's
 * passages, and on questions out of any scope. Answerable and unanswerable weigh the same. Fitted
 * without the set it is shown for:
 *
 * <pre>
 * probability over                    0.3    0.5    0.7
 * FAQ answers kept                    1.00   0.96   0.92   (answer removed, refused: 0.08, 0.25, 0.53)
 * dialogue turns kept                 1.00   1.00   0.95   (entity removed, refused: 0.39, 0.84, 0.99)
 * privacy-policy answers kept         0.32   0.23   0.09   (answer removed, refused: 0.62, 0.75, 0.90)
 * asked of another set, refused       0.93   0.97   1.00
 * out of scope, refused               0.97   0.99   1.00
 *
 * probability          0 to 0.2   to 0.4   to 0.6   to 0.8   to 1
 * of these answerable  0.10       0.11     0.12     0.51     0.81
 * </pre>
 *
 * Privacy-policy questions as annotators word them ("does the policy mention…") are beyond it:
 * similarity tells little there.
 */
@ApplicationScoped
public class Answerability {
  private static final double COSINE = 19.07;
  private static final double MISSING = -24.84;
  private static final double BIAS = -12.50;

  private static final int HITS = 3;
  private static final int HITS_READ = 8;
  private static final int WORDS_TRIED = 3;
  private static final double AS_MUCH = 0.02;

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}'’]*");

  private final SentenceVectors vectors;
  private final EnglishWords english = EnglishWords.shipped();

  Answerability(SentenceVectors vectors) {
    this.vectors = vectors;
  }

  /** 0 without evidence; hits and evidence are those found for the question, best first. */
  public double probability(String question, List<Hit> hits, List<Evidence> evidence) {
    if (evidence.isEmpty()) {
      return 0;
    }
    var features = features(question, hits, evidence);
    return 1 / (1 + Math.exp(-(COSINE * features.cosine + MISSING * features.missing + BIAS)));
  }

  record Features(double cosine, double missing) {}

  Features features(String question, List<Hit> hits, List<Evidence> evidence) {
    double cosine = hits.stream().limit(HITS).mapToDouble(Hit::vectorScore).max().orElse(0);
    return new Features(cosine, missing(question, hits, evidence));
  }

  /**
   * How much of the question the evidence leaves aside, from 0. A word that the evidence has in
   * other words draws the question towards it, and leaving it out draws the question away; a word
   * of something else does the opposite. The rarer the word, the more it tells.
   */
  private double missing(String question, List<Hit> hits, List<Evidence> evidence) {
    var texts = evidence.stream().map(Evidence::words).toList();
    double asked = nearest(question, texts);
    return foreign(question, hits).stream()
        .mapToDouble(word -> {
          double without = nearest(without(question, word), texts);
          return Math.max(0, without - asked + AS_MUCH) * english.rarity(word.group());
        })
        .max()
        .orElse(0);
  }

  /** The rarest of the question's words that no hit has. */
  private List<MatchResult> foreign(String question, List<Hit> hits) {
    var known = new HashSet<String>();
    for (var hit : hits.subList(0, Math.min(HITS_READ, hits.size()))) {
      known.addAll(Words.of(hit.title() + " " + hit.heading() + " " + hit.text()));
    }
    return WORD.matcher(question)
        .results()
        .filter(word -> {
          var stems = Words.of(word.group());
          return !stems.isEmpty() && !known.containsAll(stems);
        })
        .sorted(Comparator.comparingDouble(word -> -english.rarity(word.group())))
        .limit(WORDS_TRIED)
        .toList();
  }

  private static String without(String question, MatchResult word) {
    return (question.substring(0, word.start()) + question.substring(word.end()).stripLeading())
        .strip();
  }

  private double nearest(String question, List<String> texts) {
    return texts.stream().mapToDouble(text -> vectors.cosine(question, text)).max().orElse(0);
  }
}
