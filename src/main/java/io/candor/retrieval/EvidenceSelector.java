package io.candor.retrieval;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes from the hits the few sentences that answer the question, for a small model to read.
 *
 * <p>A sentence is scored by its hit, by BM25 among the hits' sentences, by whether it holds the
 * kind of answer asked for, by whether a better hit refers to its document, and by how much of the
 * question that document has; the best of them are then compared with the question by their
 * vectors. Sentences that repeat what is taken lose (maximal marginal relevance).
 */
@ApplicationScoped
public class EvidenceSelector {
  private static final int HITS = 10;
  private static final double WORD_WEIGHT = 0.02;
  private static final double TYPE_WEIGHT = 0.15;
  private static final double POINTER_WEIGHT = -0.2;
  private static final double TERM_WEIGHT = 0.4;
  private static final double REFERENCE_WEIGHT = 0.1;
  private static final double PAGE_WEIGHT = 0.15;
  private static final double REPETITION_WEIGHT = 0.25;
  private static final double SAME = 0.8;

  private final SentenceVectors vectors;
  private final RetrievalConfig config;

  EvidenceSelector(SentenceVectors vectors, RetrievalConfig config) {
    this.vectors = vectors;
    this.config = config;
  }

  /** What a name in the question is called where the hits define it. */
  public Optional<String> definition(String question, List<Hit> hits) {
    return config.definitions() ? Definitions.of(question, hits) : Optional.empty();
  }

  /** Best first; never more sentences or characters than configured, none from no hits. */
  public List<Evidence> select(String question, List<Hit> hits) {
    var asked = Words.of(question);
    var term = definition(question, hits);
    var open = compared(question, asked, term, hits);
    var chosen = new ArrayList<Candidate>();
    int room = config.maxCharacters();
    while (!open.isEmpty() && chosen.size() < config.maxSentences()) {
      var best = open.stream().max(Comparator.comparingDouble(c -> c.value(chosen))).get();
      open.remove(best);
      if (best.repetition(chosen) > SAME
          || chosen.stream().anyMatch(c -> best.overlaps(c) || best.isAnotherRowThan(c, asked))) {
        continue;
      }
      int length = best.evidence.quote().length();
      if (length <= room || chosen.isEmpty()) {
        chosen.add(best);
        room -= length;
      }
    }
    return chosen.stream().map(Candidate::evidence).toList();
  }

  /** The best by their words, in which a cosine similarity is added to what they score. */
  private List<Candidate> compared(
      String question, List<String> asked, Optional<String> term, List<Hit> hits) {
    var references = new References(hits);
    var candidates = candidates(hits, references);
    var scores = new SentenceScores(candidates.stream().map(Candidate::words).toList());
    var pages = new PageCoverage(asked, hits);
    var type = AnswerType.of(question);
    var seen = new HashSet<String>();
    var likeliest =
        candidates.stream()
            .map(c ->
                c.plus(
                    WORD_WEIGHT * scores.bm25(asked, c.words)
                        + (type.isIn(c.text)
                            ? TYPE_WEIGHT
                            : c.evidence.refersElsewhere() ? POINTER_WEIGHT : 0)
                        + (term.filter(c::names).isPresent() ? TERM_WEIGHT : 0)
                        + REFERENCE_WEIGHT * references.to(c.evidence.hit())
                        + PAGE_WEIGHT * pages.of(c.evidence.hit())))
            .sorted(Comparator.comparingDouble(c -> -c.evidence.score()))
            .filter(c -> !c.text.isBlank() && seen.add(c.text))
            .limit(config.comparedSentences())
            .toList();
    vectors.prepare(
        likeliest.stream().flatMap(c -> Stream.of(c.text, c.evidence.inContext())).toList());
    return likeliest.stream()
        .map(c ->
            c.plus(
                vectors.cosine(question, c.text)
                    + vectors.cosine(question, c.evidence.inContext())))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /** The statements of the best hits, and of those that the best refer to. */
  private static List<Candidate> candidates(List<Hit> hits, References references) {
    var candidates = new ArrayList<Candidate>();
    for (int i = 0; i < hits.size(); i++) {
      if (i < HITS || references.to(hits.get(i)) > 0) {
        Statements.in(hits.get(i)).stream().map(Candidate::of).forEach(candidates::add);
      }
    }
    return candidates;
  }

  private record Candidate(Evidence evidence, String text, List<String> words) {
    static Candidate of(Evidence evidence) {
      var text = evidence.words();
      return new Candidate(evidence, text, Words.of(text));
    }

    Candidate plus(double score) {
      return new Candidate(evidence.plus(score), text, words);
    }

    double value(List<Candidate> chosen) {
      return evidence.score() - REPETITION_WEIGHT * repetition(chosen);
    }

    double repetition(List<Candidate> chosen) {
      return chosen.stream().mapToDouble(c -> Words.similarity(words, c.words)).max().orElse(0);
    }

    /** Whether the question singled out that row of the same document, and not this one. */
    boolean isAnotherRowThan(Candidate chosen, List<String> asked) {
      if (!evidence.isRow()
          || !chosen.evidence.isRow()
          || !evidence.hit().versionId().equals(chosen.evidence.hit().versionId())) {
        return false;
      }
      var here = asked.stream().filter(words::contains).toList();
      var there = asked.stream().filter(chosen.words::contains).toList();
      return there.size() > here.size() && there.containsAll(here);
    }

    /** Zone 3: the row of that, and no sentence that happens to have a zone and a 3. */
    boolean names(String term) {
      return (" " + text + ";").matches("(?is).*[\\s(]" + Pattern.quote(term) + "[;,.:)\\s].*");
    }

    boolean overlaps(Candidate other) {
      return evidence.overlaps(other.evidence);
    }
  }
}
