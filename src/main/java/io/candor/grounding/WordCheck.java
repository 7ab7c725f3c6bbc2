package io.candor.grounding;

import io.candor.grounding.Finding.Kind;
import io.candor.grounding.Words.Word;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the claim's words that neither the evidence nor what stands around it says. */
final class WordCheck {
  private WordCheck() {}

  static List<Difference> differences(Alignment alignment) {
    var differences = new ArrayList<Difference>();
    List<Word> said = alignment.claim().words();
    said.stream()
        .filter(word -> offered(word, said) && !alignment.evidence().reading().has(word.lower()))
        .forEach(word -> differences.add(Difference.unsaid(Kind.MEANING, word.text(), "")));
    for (Clause clause : alignment.claim().clauses()) {
      for (Word word : clause.content()) {
        if (!alignment.mentions(word)
            && !frames(word, alignment.pairs().get(clause))
            && !meantBySum(word, clause, alignment)) {
          differences.add(difference(word, clause, alignment));
        } else if (word.name()
            && alignment.evidence().mentions(word.lemma())
            && displaced(word, alignment)) {
          differences.add(Difference.conflict(Kind.NAME, word.text(), inItsPlace(word, alignment)));
        }
      }
    }
    return differences;
  }

  /** "Now or later": what is otherwise a way of speaking is a choice here. */
  private static boolean offered(Word word, List<Word> said) {
    int next = said.indexOf(word) + 1;
    return word.lower().matches("now|today|here|there")
        && (next < said.size() && said.get(next).lower().equals("or")
            || next > 1 && said.get(next - 2).lower().equals("or"));
  }

  /** "Is available" adds nothing to what is so; a duty it would turn into an offer. */
  private static boolean frames(Word word, Clause evidence) {
    return Lexicon.ENGLISH.isFrame(word.lemma())
        && (evidence == null || evidence.modality() != Clause.Modality.MUST);
  }

  private static Difference difference(Word word, Clause clause, Alignment alignment) {
    String instead = inItsPlace(word, alignment);
    if (word.name()) {
      return instead.isEmpty()
          ? Difference.unsaid(Kind.NAME, word.text(), "")
          : Difference.conflict(Kind.NAME, word.text(), instead);
    }
    Kind kind = clause.conditional() ? Kind.CONDITION : Kind.MEANING;
    return Difference.unsaid(kind, word.text(), instead);
  }

  /** "You pay $12" and "the price is $12" say the same of a sum. */
  private static boolean meantBySum(Word word, Clause clause, Alignment alignment) {
    boolean ours = clause.words().stream().anyMatch(w -> w.lower().equals("we"));
    boolean sum =
        !(ours && word.means("pay"))
            && (yours(word, clause)
                || clause.facts().stream().anyMatch(fact -> fact.kind() == Kind.MONEY));
    boolean paid =
        word.means("pay") && alignment.evidence().mentions(Lexicon.ENGLISH.stem("price"));
    boolean priced =
        word.means("price") && alignment.evidence().mentions(Lexicon.ENGLISH.stem("pay"));
    boolean inTable =
        alignment.evidence().row().isPresent() && (word.means("price") || word.means("pay"));
    return sum && (paid || priced || inTable);
  }

  /** "You pay the full price" is "it is charged in full". */
  private static boolean yours(Word word, Clause clause) {
    int at = clause.words().indexOf(word);
    return word.means("pay") && at > 0 && clause.words().get(at - 1).lower().equals("you");
  }

  /** Whether a name that the evidence has elsewhere stands here in another name's place. */
  private static boolean displaced(Word name, Alignment alignment) {
    List<Word> claim = alignment.claim().content();
    List<Word> evidence = alignment.evidence().reading().content();
    int at = claim.indexOf(name);
    for (int i = 0; i < evidence.size(); i++) {
      if (evidence.get(i).lemma().equals(name.lemma())) {
        boolean left =
            at == 0 || i == 0 || claim.get(at - 1).lemma().equals(evidence.get(i - 1).lemma());
        boolean right =
            at + 1 == claim.size()
                || i + 1 == evidence.size()
                || claim.get(at + 1).lemma().equals(evidence.get(i + 1).lemma());
        if (left || right) {
          return false;
        }
      }
    }
    return !inItsPlace(name, alignment).isEmpty();
  }

  /**
   * The evidence's word where the claim has another: between the same neighbours, or beside one of
   * them. Words that were swapped for each other are a drift, however similar they look.
   */
  static String inItsPlace(Word word, Alignment alignment) {
    List<Word> claim = alignment.claim().content();
    List<Word> evidence = alignment.evidence().reading().content();
    Set<String> said = new HashSet<>(alignment.claim().lemmas());
    int at = claim.indexOf(word);
    for (int step : new int[] {-1, 1}) {
      int neighbour = at + step;
      if (neighbour >= 0 && neighbour < claim.size()) {
        String lemma = claim.get(neighbour).lemma();
        for (int i = 0; i < evidence.size(); i++) {
          int place = i - step;
          if (evidence.get(i).lemma().equals(lemma) && place >= 0 && place < evidence.size()) {
            Word other = evidence.get(place);
            if (!said.contains(other.lemma()) && other.name() == word.name()) {
              return other.text();
            }
          }
        }
      }
    }
    return "";
  }
}
