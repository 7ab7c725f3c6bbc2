package io.candor.grounding;

import io.candor.grounding.Clause.Modality;
import io.candor.grounding.Words.Word;
import java.util.List;
import java.util.Set;

/** Recognises clauses that take back a part of what the clause before them says. */
final class Contrast {
  private static final Set<String> CONTRAST =
      Set.of("but", "however", "although", "though", "while", "whereas", "yet", "otherwise");

  private Contrast() {}

  /**
   * "But underwear cannot" takes back what was said before, "but you get a voucher" does not; and
   * of "you get a refund or we send a voucher" neither half holds alone.
   */
  static boolean limits(Clause before, Clause clause) {
    List<Word> words = clause.words();
    boolean choice = !words.isEmpty() && words.getFirst().lower().equals("or");
    if (choice) {
      return before.modality() != Modality.MAY && !before.negated();
    }
    if (words.isEmpty() || !CONTRAST.contains(words.getFirst().lower())) {
      return false;
    }
    String second = words.size() > 1 ? words.get(1).lower() : "";
    boolean sameSubject = second.matches("you|we|they|it|are|is|can|will|do|does|have|has");
    boolean demands =
        clause.modality() == Modality.MUST
            || clause.words().stream().anyMatch(w -> w.lower().equals("only"));
    boolean otherVerb =
        second.equals("not") && words.size() > 2 && words.get(2).lower().endsWith("ed");
    return demands || !sameSubject && !otherVerb;
  }
}
