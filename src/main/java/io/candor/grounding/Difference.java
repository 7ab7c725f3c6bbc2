package io.candor.grounding;

import io.candor.grounding.Finding.Kind;

/** A finding, and whether the evidence denies what was said rather than merely not saying it. */
record Difference(Finding finding, boolean conflict) {

  static Difference conflict(Kind kind, String said, String found) {
    return new Difference(new Finding(kind, said, found), true);
  }

  static Difference unsaid(Kind kind, String said, String found) {
    return new Difference(new Finding(kind, said, found), false);
  }

  /** What the evidence says besides, and the claim may not leave out. */
  static Difference omitted(String said, String found) {
    return new Difference(new Finding(Kind.CONDITION, said, found), false);
  }
}
