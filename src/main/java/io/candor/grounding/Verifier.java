package io.candor.grounding;

import io.candor.grounding.Finding.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Checks sentences against the passages they cite; {@code chat} shows only what it finds supported.
 *
 * <ol>
 *   <li>The passages are read as evidence: sentences, list items, table rows.
 *   <li>The claim is aligned with the evidence that shares most of its words, rare ones first.
 *   <li>Values, polarity, roles, joins, conditions and quantities are compared clause by clause.
 *   <li>Every word of the claim must be the evidence's, or one that the lexicon knows to mean it.
 *   <li>What the evidence says besides must be a detail: nothing that restricts may be left out.
 * </ol>
 */
@ApplicationScoped
public class Verifier {
  private final GroundingConfig config;

  public Verifier(GroundingConfig config) {
    this.config = config;
  }

  /**
   * One judgement for each claim, in order; claims that cite the same passages share their reading.
   */
  public List<Judgement> verify(List<Claim> claims, List<Passage> passages) {
    var sources = new Sources(passages);
    return claims.stream().map(claim -> judge(claim, sources)).toList();
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

  private Judgement judge(Claim said, Sources sources) {
    Reading claim = Reading.of(said.text());
    Topic topic = Topic.of(said.question());
    List<Passage> cited = sources.cited(said);
    if (claim.content().isEmpty() && claim.facts().isEmpty()) {
      return unsupported(said.text());
    }
    if (sources.quotes(cited, claim)) {
      return new Judgement(Verdict.SUPPORTED, 1, List.of());
    }
    List<Evidence> evidence = sources.evidence(cited);
    Judgement whole = against(claim, evidence, topic);
    List<String> parts = Parts.of(claim);
    if (whole.verdict() == Verdict.SUPPORTED || parts.size() < 2) {
      return whole;
    }
    boolean all =
        parts.stream()
            .map(part -> against(Reading.of(part), evidence, topic))
            .allMatch(part -> part.verdict() == Verdict.SUPPORTED);
    return all ? new Judgement(Verdict.SUPPORTED, 1, List.of()) : whole;
  }

  private Judgement against(Reading claim, List<Evidence> evidence, Topic topic) {
    Comparison closest = null;
    for (Evidence candidate : Candidates.best(claim, evidence, config.candidates())) {
      var comparison = Comparison.of(claim, candidate, topic);
      if (comparison.clean() && Rivals.none(comparison, evidence)) {
        return new Judgement(Verdict.SUPPORTED, 1, List.of());
      }
      closest = closest == null || comparison.closerThan(closest) ? comparison : closest;
    }
    return closest == null ? unsupported(claim.plain()) : judgement(closest, claim);
  }

  private static Judgement unsupported(String said) {
    return new Judgement(Verdict.UNSUPPORTED, 0, List.of(new Finding(Kind.MEANING, said, "")));
  }

  private Judgement judgement(Comparison closest, Reading claim) {
    double coverage = closest.alignment().coverage();
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
}
