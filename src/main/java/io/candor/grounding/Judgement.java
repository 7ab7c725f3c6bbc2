package io.candor.grounding;

import java.util.List;

/**
 * The verdict on one claim, with a score from 0 to 1 (fully supported) and the differences found.
 */
public record Judgement(Verdict verdict, double score, List<Finding> findings) {
  public Judgement {
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException("score " + score + " is not within 0 to 1");
    }
    findings = List.copyOf(findings);
  }
}
