package io.candor.retrieval;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How likely it is that the evidence holds the question's answer; the pipeline decides by it
 * whether to answer at all.
 *
 * <p>A logistic of four features that do not depend on the number of documents: the cosine
 * similarity of the nearest sentence, read under its title and heading, and that of the nearest
 * passage; whether the best sentence is of the kind asked for; and how much of the likeness is the
 * subject's name alone. {@code AnswerabilityTrainer} fits it on rephrased FAQ questions (against
 * the FAQ, and against its answers alone), privacy-policy questions, facts of hotels and
 * restaurants, each against passages with and without the answer, its neighbours left; on
 * utterances of known and unknown intents; on questions asked of another set's passages, on
 * questions out of any scope; and on the suites retailer and bank. Answerable and unanswerable
 * weigh the same, and so does each set. decisions/0014 has the figures.
 *
 * <p>Two kinds are beyond it. Privacy-policy questions as annotators word them ("does the policy
 * mention…"): similarity tells little there. And a fact missing of one place where a hundred others
 * have it: what is found looks just like an answer.
 */
@ApplicationScoped
public class Answerability {
  private static final double SENTENCE = 17.09;
  private static final double PASSAGE = 2.27;
  private static final double KIND = 1.08;
  private static final double SUBJECT = -5.46;
  private static final double BIAS = -14.27;

  private static final int HITS = 3;
  private static final double OPEN = 0.5;

  private static final Pattern ASKING = Pattern.compile("[?？]\\s*$");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}'’]*");

  private final SentenceVectors vectors;

  Answerability(SentenceVectors vectors) {
    this.vectors = vectors;
  }

  /** 0 without evidence; hits and evidence are those found for the question, best first. */
  public double probability(String question, List<Hit> hits, List<Evidence> evidence) {
    if (evidence.isEmpty()) {
      return 0;
    }
    return 1 / (1 + Math.exp(-features(question, hits, evidence).logit()));
  }

  record Features(double sentence, double passage, double kind, double subject) {
    double logit() {
      return SENTENCE * sentence + PASSAGE * passage + KIND * kind + SUBJECT * subject + BIAS;
    }
  }

  Features features(String question, List<Hit> hits, List<Evidence> evidence) {
    var texts = evidence.stream().map(Evidence::inContext).toList();
    double sentence = nearest(question, texts);
    return new Features(
        sentence,
        hits.stream().limit(HITS).mapToDouble(Hit::vectorScore).max().orElse(0),
        kind(question, evidence.getFirst()),
        subject(question, sentence, hits.getFirst().title(), texts));
  }

  /** Whether the best sentence is of the kind asked for, to 1. */
  private static double kind(String question, Evidence best) {
    var type = AnswerType.of(question);
    return type == AnswerType.OPEN ? OPEN : type.isIn(best.words()) ? 1 : 0;
  }

  /**
   * How much of the likeness is the subject's name and no more: every sentence on the Kilbran table
   * is like "Who designed the Kilbran table?", few are still like "Who designed the?". A title that
   * asks is no subject but the question itself.
   */
  private double subject(String question, double asked, String title, List<String> texts) {
    var named = Words.of(title);
    var rest = WORD.matcher(question).replaceAll(word -> isOf(named, word.group()) ? "" : "$0");
    var isNamed = !rest.equals(question) && WORD.matcher(rest).find();
    return isNamed && !ASKING.matcher(title).find()
        ? asked - nearest(rest.replaceAll("\\s+", " ").strip(), texts)
        : 0;
  }

  private static boolean isOf(List<String> words, String word) {
    var stems = Words.of(word);
    return !stems.isEmpty() && words.containsAll(stems);
  }

  private double nearest(String question, List<String> texts) {
    return texts.stream().mapToDouble(text -> vectors.cosine(question, text)).max().orElse(0);
  }
}
