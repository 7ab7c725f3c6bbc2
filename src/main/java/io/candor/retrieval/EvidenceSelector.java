package io.candor.retrieval;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Takes from the hits the few sentences that answer the question, for a small model to read.
 *
 * <p>A sentence is scored by its hit and by BM25 among the hits' sentences, which on development
 * data picks the right sentence as often as embedding each would, at no cost. Sentences that repeat
 * what is taken lose (maximal marginal relevance). An exception or condition stays with the
 * sentence it limits, an item with its lead-in, a row with its table's header.
 */
@ApplicationScoped
public class EvidenceSelector {
  private static final int HITS = 8;
  private static final double WORD_WEIGHT = 0.02;
  private static final double REPETITION_WEIGHT = 0.25;
  private static final double SAME = 0.8;
  private static final int LONGEST_TIE = 500;

  private static final Pattern LIMITATION =
      Pattern.compile(
          "(?i)(however|except|exceptions?|unless|but|otherwise|provided that|only if|in that case"
              + "|note|please note|this (does|do|applies|is|only)|these|that (does|is)|it (does|is)"
              + " not|if (not|you do not))\\b.*",
          Pattern.DOTALL);

  private final RetrievalConfig config;

  EvidenceSelector(RetrievalConfig config) {
    this.config = config;
  }

  /** Best first; never more sentences or characters than configured, none from no hits. */
  public List<Evidence> select(String question, List<Hit> hits) {
    var candidates = candidates(hits);
    var words = new SentenceScores(candidates.stream().map(Candidate::words).toList());
    var asked = Words.of(question);
    var scored =
        new ArrayList<>(
            candidates.stream()
                .map(c -> c.scored(c.hit.score() + WORD_WEIGHT * words.bm25(asked, c.words)))
                .toList());
    var chosen = new ArrayList<Candidate>();
    var evidence = new ArrayList<Evidence>();
    int room = config.maxCharacters();
    while (!scored.isEmpty() && evidence.size() < config.maxSentences()) {
      var best = scored.stream().max(Comparator.comparingDouble(c -> c.value(chosen))).get();
      scored.remove(best);
      if (best.repetition(chosen) > SAME || best.overlapsAny(evidence)) {
        continue;
      }
      var taken = best.evidence();
      if (taken.quote().length() <= room || evidence.isEmpty()) {
        chosen.add(best);
        evidence.add(taken);
        room -= taken.quote().length();
      }
    }
    return evidence;
  }

  private static List<Candidate> candidates(List<Hit> hits) {
    var candidates = new ArrayList<Candidate>();
    for (var hit : hits.subList(0, Math.min(HITS, hits.size()))) {
      var units = Units.in(hit);
      for (int i = 0; i < units.size(); i++) {
        candidates.add(new Candidate(hit, tied(units, i), 0));
      }
    }
    return candidates;
  }

  /** The unit with the limitations that follow it. */
  private static Unit tied(List<Unit> units, int first) {
    var tied = units.get(first);
    for (int next = first + 1; next < units.size(); next++) {
      var unit = units.get(next);
      var limits = unit.leadIn() == null && LIMITATION.matcher(unit.words()).matches();
      if (!limits || unit.end() - tied.start() > LONGEST_TIE) {
        break;
      }
      tied = tied.upTo(unit);
    }
    return tied;
  }

  private record Candidate(Hit hit, Unit unit, List<String> words, double score) {
    Candidate(Hit hit, Unit unit, double score) {
      this(hit, unit, Words.of(unit.words()), score);
    }

    Candidate scored(double score) {
      return new Candidate(hit, unit, words, score);
    }

    double value(List<Candidate> chosen) {
      return score - REPETITION_WEIGHT * repetition(chosen);
    }

    double repetition(List<Candidate> chosen) {
      return chosen.stream().mapToDouble(c -> Words.similarity(words, c.words)).max().orElse(0);
    }

    boolean overlapsAny(List<Evidence> evidence) {
      return evidence.stream().anyMatch(e -> overlaps(e, unit));
    }

    private boolean overlaps(Evidence taken, Unit range) {
      return taken.hit().versionId().equals(hit.versionId())
          && taken.start() < hit.start() + range.end()
          && hit.start() + range.start() < taken.end();
    }

    Evidence evidence() {
      var leadIn =
          Optional.ofNullable(unit.leadIn()).map(range -> evidence(range, Optional.empty()));
      return evidence(unit, leadIn);
    }

    private Evidence evidence(Unit range, Optional<Evidence> leadIn) {
      return new Evidence(
          hit,
          hit.start() + range.start(),
          hit.start() + range.end(),
          hit.source().substring(range.start(), range.end()),
          score,
          leadIn);
    }
  }
}
