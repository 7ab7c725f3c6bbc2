package io.candor.retrieval;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What can be quoted from a hit: its {@link Unit}s, each with the sentences after it that limit it
 * or lean on it. A sentence that leans back is not quoted alone: "It is free then" says nothing.
 */
final class Statements {
  private static final int LONGEST = 500;

  /** A section often opens with the answer in a word, such as "Better not." */
  private static final int SHORT = 40;

  private static final Pattern LEANS_BACK =
      Pattern.compile(
          "(?i)(however|except|exceptions?|unless|but|otherwise|provided that|only if|note|please note"
              + "|it|its|they|them|their|this|that|these|those|then|there|he|she|both|neither"
              + "|either|such|here|yes|no|not|so|also|and|or|others?|the (same|rest|others?)"
              + "|if (so|not|you do not)|in (that|this|both|either|neither) cases?"
              + "|(after|before|until) (that|then)|from then)\\b.*",
          Pattern.DOTALL);

  /** A question, or what announces a list: the answer is what follows. */
  private static final Pattern PROMISES = Pattern.compile("[?:][\\s*_]*$");

  private Statements() {}

  /** In the order of the text; they may overlap. The score of each is the hit's. */
  static List<Evidence> in(Hit hit) {
    var units = Units.in(hit);
    var statements = new ArrayList<Evidence>();
    for (int i = 0; i < units.size(); i++) {
      if (i == 0 || !leans(units.get(i)) || units.get(i - 1).leadIn() != null) {
        var tied = tied(units, i);
        if (!PROMISES.matcher(tied.words()).find()) {
          statements.add(evidence(hit, tied));
        }
      }
    }
    return statements;
  }

  private static Unit tied(List<Unit> units, int first) {
    var tied = units.get(first);
    for (int next = first + 1; next < units.size(); next++) {
      var unit = units.get(next);
      var opening = next == 1 && isShort(tied) && unit.leadIn() == null;
      if (!(opening || leans(unit)) || unit.end() - tied.start() > LONGEST) {
        break;
      }
      tied = tied.upTo(unit);
    }
    return tied;
  }

  private static boolean leans(Unit unit) {
    return unit.leadIn() == null && LEANS_BACK.matcher(unit.words()).matches();
  }

  private static boolean isShort(Unit unit) {
    return unit.leadIn() == null && unit.length() < SHORT && unit.words().endsWith(".");
  }

  private static Evidence evidence(Hit hit, Unit unit) {
    var leadIn =
        Optional.ofNullable(unit.leadIn()).map(range -> evidence(hit, range, Optional.empty()));
    return evidence(hit, unit, leadIn);
  }

  private static Evidence evidence(Hit hit, Unit range, Optional<Evidence> leadIn) {
    return new Evidence(
        hit,
        hit.start() + range.start(),
        hit.start() + range.end(),
        hit.source().substring(range.start(), range.end()),
        hit.score(),
        leadIn);
  }
}
