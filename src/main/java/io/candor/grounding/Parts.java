package io.candor.grounding;

import io.candor.grounding.Words.Word;
import java.util.ArrayList;
import java.util.List;

/** Splits a claim that joins several statements, so that each may have evidence of its own. */
final class Parts {
  private Parts() {}

  static List<String> of(Reading claim) {
    var parts = new ArrayList<String>();
    var starts = new ArrayList<Integer>();
    List<Clause> clauses = claim.clauses();
    for (int i = 0; i < clauses.size(); i++) {
      boolean statement = !clauses.get(i).conditional() && !clauses.get(i).isEmpty();
      boolean afterStatement =
          i > 0 && !clauses.get(i - 1).conditional() && !clauses.get(i - 1).isEmpty();
      if (statement && afterStatement || i == 0) {
        starts.add(clauses.get(i).start());
      }
    }
    String subject = clauses.isEmpty() ? "" : subject(claim, clauses.getFirst());
    for (int p = 0; p < starts.size(); p++) {
      int end = p + 1 < starts.size() ? starts.get(p + 1) : claim.plain().length();
      String part =
          claim
              .plain()
              .substring(starts.get(p), end)
              .replaceFirst("^(?:[,;:.]|and|but|or|\\s)+", "");
      boolean bare = p > 0 && Clauses.isVerb(Words.of(part).getFirst());
      parts.add(bare ? subject + " " + part : part);
    }
    return parts;
  }

  private static String subject(Reading claim, Clause first) {
    for (Word word : first.words()) {
      if (Clauses.isVerb(word)) {
        return claim.plain().substring(first.start(), word.start()).strip();
      }
    }
    return "";
  }
}
