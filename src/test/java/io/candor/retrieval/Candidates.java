package io.candor.retrieval;

import java.util.List;

/** What a hit offers. */
public final class Candidates {
  private Candidates() {}

  public static List<Evidence> in(Hit hit) {
    return Statements.in(hit);
  }
}
