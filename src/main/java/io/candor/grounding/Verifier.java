package io.candor.grounding;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.store.embedding.CosineSimilarity;
import io.candor.grounding.Finding.Kind;
import io.candor.grounding.Words.Word;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks sentences against the passages they cite; {@code chat} shows only what it finds supported.
 *
 * <ol>
 *   <li>The passages are read as evidence: sentences, list items, table rows.
 *   <li>The claim is aligned with the evidence that shares most of its words, rare ones first.
 *   <li>Values, polarity, conditions and names are compared clause by clause.
 *   <li>What no word covers must be close in meaning, and never stand in another word's place.
 * </ol>
 */
@ApplicationScoped
public class Verifier {
  private final EmbeddingModel embeddings;
  private final GroundingConfig config;

  public Verifier(EmbeddingModel embeddings, GroundingConfig config) {
    this.embeddings = embeddings;
    this.config = config;
  }

  /**
   * One judgement for each claim, in order; claims that cite the same passages share their reading.
   */
  public List<Judgement> verify(List<Claim> claims, List<Passage> passages) {
    Map<Integer, List<Evidence>> read = new HashMap<>();
    passages.forEach(passage -> read.put(passage.n(), Evidence.of(passage.text())));
    var session = new Session();
    return claims.stream()
        .map(claim -> session.judge(claim.text(), cited(claim, passages, read)))
        .toList();
  }

  public Judgement verify(Claim claim, List<Passage> passages) {
    return verify(List.of(claim), passages).getFirst();
  }

  /**
   * Whether a sentence says nothing that could be true or false of a policy: a greeting, thanks, an
   * offer of help. Doubtful sentences make a claim.
   */
  public boolean makesNoClaim(String sentence) {
    return SmallTalk.is(sentence);
  }

  private static List<Evidence> cited(
      Claim claim, List<Passage> passages, Map<Integer, List<Evidence>> read) {
    for (int n : claim.citations()) {
      if (!read.containsKey(n)) {
        throw new IllegalArgumentException("citation " + n + " names no passage");
      }
    }
    List<Passage> own =
        passages.stream()
            .filter(passage -> claim.citations().isEmpty() || claim.citations().contains(passage.n()))
            .toList();
    var evidence = new ArrayList<Evidence>();
    Optional<String> header = Optional.empty();
    for (Passage passage : own) {
      boolean row = Row.isMarkdown(passage.text().strip());
      evidence.addAll(
          row && header.isPresent()
              ? Evidence.of(header.get() + "\n" + passage.text())
              : read.get(passage.n()));
      header = row ? header.or(() -> Optional.of(passage.text().strip())) : Optional.empty();
    }
    return evidence;
  }

  /** One call's work: remembers the vectors of what it embedded. */
  private final class Session {
    private final Map<String, float[]> vectors = new HashMap<>();

    Judgement judge(String text, List<Evidence> evidence) {
      Reading claim = Reading.of(text);
      if (claim.content().isEmpty() && claim.facts().isEmpty()) {
        return new Judgement(Verdict.UNSUPPORTED, 0, List.of(new Finding(Kind.MEANING, text, "")));
      }
      Judgement whole = against(claim, evidence);
      if (whole.verdict() == Verdict.SUPPORTED) {
        return whole;
      }
      List<String> parts = Parts.of(claim);
      if (parts.size() < 2) {
        return whole;
      }
      List<Judgement> each =
          parts.stream().map(part -> against(Reading.of(part), evidence)).toList();
      boolean all = each.stream().allMatch(part -> part.verdict() == Verdict.SUPPORTED);
      double least = each.stream().mapToDouble(Judgement::score).min().orElse(0);
      return all ? new Judgement(Verdict.SUPPORTED, least, List.of()) : whole;
    }

    private Judgement against(Reading claim, List<Evidence> evidence) {
      List<Evidence> best = candidates(claim, evidence);
      Comparison closest = null;
      for (Evidence candidate : best) {
        var comparison = Comparison.of(claim, candidate);
        if (comparison.clean() && Rivals.none(comparison, evidence)) {
          return new Judgement(Verdict.SUPPORTED, 1, List.of());
        }
        closest = closest == null || comparison.closerThan(closest) ? comparison : closest;
      }
      if (closest == null) {
        return new Judgement(
            Verdict.UNSUPPORTED, 0, List.of(new Finding(Kind.MEANING, claim.plain(), "")));
      }
      return judgement(closest, claim);
    }

    private Judgement judgement(Comparison closest, Reading claim) {
      double coverage = closest.alignment().coverage();
      if (closest.onlyWord().isPresent() && coverage >= config.covered()) {
        String word = closest.onlyWord().get();
        double similarity =
            closest.unused().stream().mapToDouble(other -> similarity(word, other)).max().orElse(0);
        if (similarity >= config.similar()) {
          return new Judgement(Verdict.SUPPORTED, Math.min(1, similarity), List.of());
        }
      }
      List<Finding> findings =
          closest.differences().stream().map(Difference::finding).distinct().toList();
      boolean contradicted =
          closest.alignment().kinship() > config.aligned()
              && closest.differences().stream().anyMatch(Difference::conflict);
      List<Finding> shown =
          findings.isEmpty() ? List.of(new Finding(Kind.MEANING, claim.plain(), "")) : findings;
      return contradicted
          ? new Judgement(Verdict.CONTRADICTED, coverage * .2, shown)
          : new Judgement(Verdict.UNSUPPORTED, coverage * .5, shown);
    }

    private List<Evidence> candidates(Reading claim, List<Evidence> evidence) {
      Map<String, Double> weights = weights(claim, evidence);
      var scored = new ArrayList<Map.Entry<Evidence, Double>>();
      for (Evidence candidate : evidence) {
        double score = overlap(weights, candidate.reading().lemmas());
        if (score > 0 || !candidate.reading().facts().isEmpty()) {
          scored.add(Map.entry(candidate, score + factScore(claim, candidate)));
        }
      }
      scored.sort(Map.Entry.<Evidence, Double>comparingByValue(Comparator.reverseOrder()));
      var best = new ArrayList<Evidence>();
      scored.stream().limit(config.candidates()).forEach(entry -> best.add(entry.getKey()));
      return best;
    }

    private double factScore(Reading claim, Evidence candidate) {
      return claim.facts().stream()
          .filter(fact -> candidate.reading().facts().stream().anyMatch(fact::comparable))
          .count();
    }

    /** A word that few evidence sentences hold says more about where the claim comes from. */
    private Map<String, Double> weights(Reading claim, List<Evidence> evidence) {
      Map<String, Double> weights = new HashMap<>();
      Set<String> lemmas = new HashSet<>();
      claim.content().stream().map(Word::lemma).forEach(lemmas::add);
      for (String lemma : lemmas) {
        long in = evidence.stream().filter(e -> e.reading().lemmas().contains(lemma)).count();
        weights.put(lemma, Math.log1p((evidence.size() + 1.0) / (in + 1.0)));
      }
      return weights;
    }

    private double overlap(Map<String, Double> weights, Set<String> lemmas) {
      return weights.entrySet().stream()
          .filter(entry -> lemmas.contains(entry.getKey()))
          .mapToDouble(Map.Entry::getValue)
          .sum();
    }

    private double similarity(String a, String b) {
      return CosineSimilarity.between(
          dev.langchain4j.data.embedding.Embedding.from(vector(a)),
          dev.langchain4j.data.embedding.Embedding.from(vector(b)));
    }

    private float[] vector(String text) {
      return vectors.computeIfAbsent(
          text, t -> embeddings.embed(TextSegment.from(t)).content().vector());
    }
  }
}
