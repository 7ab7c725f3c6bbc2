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
 * <p>A logistic of three features that do not depend on the number of documents: the best hits'
 * cosine similarity, what the question has that the evidence lacks, and how much of their likeness
 * is the subject's name alone. {@code AnswerabilityTrainer} fits it on rephrased FAQ questions
 * (against the FAQ, and against its answers alone), privacy-policy questions, facts of hotels and
 * restaurants, each against passages with and without the answer, its neighbours left; on
 * utterances of known and unknown intents; on questions asked of another set's passages, and on
 * questions out of any scope. Answerable and unanswerable weigh the same, and so does each set.
 * Fitted without the set it is shown for:
 *
 * <pre>
 * probability over                    0.3    0.4    0.5   (and refused where the answer is not there)
 * FAQ                     kept        0.99   0.95   0.92   refused 0.11   0.31   0.56
 * FAQ, answers alone      kept        0.96   0.92   0.85   refused 0.11   0.30   0.53
 * utterances              kept        0.96   0.91   0.85   refused 0.61   0.74   0.87
 * facts of places         kept        1.00   1.00   1.00   refused 0.00   0.00   0.02
 * privacy policies        kept        0.33   0.23   0.11   refused 0.62   0.76   0.88
 * asked of another set                                     refused 0.95   0.97   0.99
 * out of scope                                             refused 0.98   1.00   1.00
 *
 * probability          0 to 0.2   to 0.4   to 0.6   to 0.8   to 1
 * of these answerable  0.08       0.23     0.33     0.49     0.80
 * </pre>
 *
 * Two kinds are beyond it. Privacy-policy questions as annotators word them ("does the policy
 * mention…"): similarity tells little there. And a fact missing of one place where a hundred others
 * have it: what is found looks just like an answer.
 */
@ApplicationScoped
public class Answerability {
  private static final double COSINE = 16.07;
  private static final double MISSING = -5.33;
  private static final double SUBJECT = -6.84;
  private static final double BIAS = -11.21;

  private static final int HITS = 3;
  private static final int HITS_READ = 8;
  private static final int WORDS_TRIED = 3;
  private static final double AS_MUCH = 0.02;

  private static final Pattern ASKING = Pattern.compile("[?？]\\s*$");
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
    return 1 / (1 + Math.exp(-features.logit(COSINE, MISSING, SUBJECT, BIAS)));
  }

  record Features(double cosine, double missing, double subject) {
    double logit(double cosineWeight, double missingWeight, double subjectWeight, double bias) {
      return cosineWeight * cosine + missingWeight * missing + subjectWeight * subject + bias;
    }
  }

  Features features(String question, List<Hit> hits, List<Evidence> evidence) {
    double cosine = hits.stream().limit(HITS).mapToDouble(Hit::vectorScore).max().orElse(0);
    var texts = evidence.stream().map(Evidence::words).toList();
    double asked = nearest(question, texts);
    return new Features(
        cosine,
        missing(question, asked, hits, texts),
        subject(question, asked, hits.getFirst().title(), texts));
  }

  /**
   * How much of the question the evidence leaves aside, from 0. A word that the evidence has in
   * other words draws the question towards it, and leaving it out draws the question away; a word
   * of something else does the opposite. The rarer the word, the more it tells.
   */
  private double missing(String question, double asked, List<Hit> hits, List<String> texts) {
    return foreign(question, hits).stream()
        .mapToDouble(word -> {
          double without = nearest(without(question, word), texts);
          return Math.max(0, without - asked + AS_MUCH) * english.rarity(word.group());
        })
        .max()
        .orElse(0);
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
