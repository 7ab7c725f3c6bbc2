package io.candor.grounding;

import io.candor.grounding.Finding.Kind;
import io.candor.grounding.Words.Word;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Compares who does what to whom. */
final class RoleCheck {
  private static final Set<String> BE = Set.of("is", "are", "was", "were", "be", "been", "being");
  private static final Map<String, String> PARTIES =
      Map.of("you", "you", "customer", "you", "customers", "you", "we", "we", "us", "we");

  private RoleCheck() {}

  static List<Difference> differences(Alignment alignment) {
    var differences = new ArrayList<Difference>();
    for (Map.Entry<Clause, Clause> pair : alignment.pairs().entrySet()) {
      turnedAround(pair.getKey(), pair.getValue()).ifPresent(differences::add);
      otherDoer(pair.getKey(), pair.getValue()).ifPresent(differences::add);
      otherOwner(pair.getKey(), pair.getValue()).ifPresent(differences::add);
    }
    return differences;
  }

  /** "The seller pays the buyer" against "the buyer pays the seller", active or passive. */
  private static Optional<Difference> turnedAround(Clause claim, Clause evidence) {
    for (Word verb : claim.content()) {
      Optional<Word> same = Alignment.find(verb, evidence);
      if (same.isPresent()) {
        String doer = before(claim, verb);
        String done = after(claim, verb);
        boolean crossed =
            after(evidence, same.get()).equals(doer) && before(evidence, same.get()).equals(done);
        boolean straight =
            after(evidence, same.get()).equals(done) && before(evidence, same.get()).equals(doer);
        boolean voices = passive(claim, verb) != passive(evidence, same.get());
        boolean single =
            Stream.of(verb.lemma(), doer, done)
                .allMatch(lemma -> times(claim, lemma) == 1 && times(evidence, lemma) == 1);
        if (single
            && leads(claim, verb)
            && leads(evidence, same.get())
            && !doer.isEmpty()
            && !done.isEmpty()
            && !doer.equals(done)
            && (voices ? straight : crossed)) {
          return Optional.of(Difference.conflict(Kind.NAME, claim.text(), evidence.text()));
        }
      }
    }
    return Optional.empty();
  }

  /** "If we cancel" against "if you cancel". */
  private static Optional<Difference> otherDoer(Clause claim, Clause evidence) {
    for (Word verb : claim.content()) {
      Optional<Word> same = Alignment.find(verb, evidence);
      if (same.isPresent() && !passive(claim, verb) && !passive(evidence, same.get())) {
        String doer = doer(claim, verb);
        String other = doer(evidence, same.get());
        boolean parties = PARTIES.containsValue(doer) && PARTIES.containsValue(other);
        boolean single = times(claim, verb.lemma()) == 1 && times(evidence, verb.lemma()) == 1;
        if (parties && single && !doer.equals(other)) {
          return Optional.of(Difference.conflict(Kind.NAME, claim.text(), evidence.text()));
        }
      }
    }
    return Optional.empty();
  }

  /** "Our return postage" against "your return postage". */
  private static Optional<Difference> otherOwner(Clause claim, Clause evidence) {
    var owned = owned(evidence);
    return owned(claim).stream()
        .filter(it -> !owned.contains(it) && owned.contains(it.other()))
        .findFirst()
        .map(_ -> Difference.conflict(Kind.NAME, claim.text(), evidence.text()));
  }

  /** What is said to be ours or yours: the word that follows, and whether it is yours. */
  private record Owned(String lemma, boolean yours) {
    Owned other() {
      return new Owned(lemma, !yours);
    }
  }

  private static Set<Owned> owned(Clause clause) {
    var owned = new HashSet<Owned>();
    for (Word word : clause.words()) {
      if (word.lower().matches("our|your")) {
        clause.content().stream()
            .filter(next -> next.start() > word.end())
            .findFirst()
            .ifPresent(next -> owned.add(new Owned(next.lemma(), word.lower().equals("your"))));
      }
    }
    return owned;
  }

  /** The party before a verb; "you" is none of "new" in "we give you a new one". */
  private static String doer(Clause clause, Word verb) {
    String doer = before(clause, verb);
    boolean object =
        clause.words().stream()
            .filter(word -> word.start() < verb.start())
            .dropWhile(word -> !party(word).equals(doer))
            .anyMatch(word -> word.lower().matches("an?|the|your|our|its|their"));
    return object && PARTIES.containsValue(doer) ? "" : doer;
  }

  private static long times(Clause clause, String lemma) {
    return clause.words().stream().filter(word -> party(word).equals(lemma)).count();
  }

  /** Whether the word comes right after the clause's subject. */
  private static boolean leads(Clause clause, Word verb) {
    return clause.content().indexOf(verb) <= 2;
  }

  /** The lemma of the nearest word before a verb that can be its doer. */
  private static String before(Clause clause, Word verb) {
    return clause.words().stream()
        .filter(word -> word.start() < verb.start() && names(word))
        .reduce((first, second) -> second)
        .map(RoleCheck::party)
        .orElse("");
  }

  private static String after(Clause clause, Word verb) {
    return clause.words().stream()
        .filter(word -> word.start() > verb.start() && names(word))
        .findFirst()
        .map(RoleCheck::party)
        .orElse("");
  }

  private static boolean names(Word word) {
    return word.content() || PARTIES.containsKey(word.lower());
  }

  private static String party(Word word) {
    return PARTIES.getOrDefault(word.lower(), word.lemma());
  }

  private static boolean passive(Clause clause, Word verb) {
    int i = clause.words().indexOf(verb);
    if (i + 1 >= clause.words().size() || !clause.words().get(i + 1).lower().equals("by")) {
      return false;
    }
    for (int j = Math.max(0, i - 3); j < i; j++) {
      if (BE.contains(clause.words().get(j).lower()) && !verb.lower().endsWith("ing")) {
        return true;
      }
    }
    return false;
  }
}
