package io.candor.grounding;

import io.candor.grounding.Clause.Modality;
import io.candor.grounding.Fact.Bound;
import io.candor.grounding.Finding.Kind;
import io.candor.grounding.Words.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what limits the evidence and is missing from the claim, and limits that the claim invents.
 */
final class ConditionCheck {
  private static final Set<String> HEDGE =
      Set.of(
          "usually",
          "typically",
          "generally",
          "normally",
          "often",
          "sometimes",
          "most",
          "mostly",
          "some",
          "many",
          "likely",
          "probably",
          "might",
          "occasionally",
          "selected",
          "certain");
  private static final Set<String> UNIVERSAL =
      Set.of("all", "every", "always", "everything", "everyone", "any", "whole", "entire");
  private static final Set<String> ONLY = Set.of("only", "solely", "exclusively");
  private static final Set<String> PLACING =
      Set.of("within", "in", "inside", "outside", "across", "throughout", "to");
  private static final Set<String> COURTESY =
      Set.of("like", "want", "wish", "please", "possible", "need");
  private static final Set<String> PLAIN_MODIFIER =
      Set.of(
          "item",
          "buy",
          "new",
          "friendly",
          "support",
          "team",
          "full",
          "own",
          "following",
          "same",
          "current",
          "valid");

  private ConditionCheck() {}

  static List<Difference> differences(Alignment alignment) {
    var differences = new ArrayList<Difference>();
    List<Clause> evidence = alignment.evidence().reading().clauses();
    for (int i = 0; i < evidence.size(); i++) {
      int governed = evidence.get(i).conditional() ? Clause.governed(evidence, i) : -1;
      Optional<Clause> speaker =
          governed < 0 ? Optional.empty() : statementOf(evidence.get(governed), alignment);
      if (speaker.isPresent() && !keeps(alignment.claim(), evidence.get(i))) {
        differences.add(
            Difference.unsaid(Kind.CONDITION, speaker.get().text(), evidence.get(i).text()));
      }
    }
    for (Map.Entry<Clause, Clause> pair : alignment.pairs().entrySet()) {
      if (!pair.getKey().conditional()
          && pair.getValue().conditional()
          && !pair.getKey().isEmpty()) {
        // What a condition supposes is not thereby so.
        differences.add(
            Difference.unsaid(Kind.CONDITION, pair.getKey().text(), pair.getValue().text()));
      }
      if (!pair.getKey().conditional() && !pair.getValue().conditional()) {
        droppedLimit(pair.getKey(), pair.getValue(), alignment).ifPresent(differences::add);
        widened(pair.getKey(), pair.getValue(), alignment).ifPresent(differences::add);
        droppedPlace(pair.getValue(), alignment.claim())
            .map(place -> Difference.unsaid(Kind.CONDITION, pair.getKey().text(), place.text()))
            .ifPresent(differences::add);
      }
    }
    return differences;
  }

  private static Optional<Clause> statementOf(Clause governed, Alignment alignment) {
    return alignment.pairs().entrySet().stream()
        .filter(pair -> pair.getValue() == governed && !pair.getKey().conditional())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /**
   * Whether the claim still speaks of the condition: half its words, or all of them where they have
   * become part of the statement, and all its values.
   */
  private static boolean keeps(Reading claim, Clause condition) {
    List<Word> content = condition.content();
    if (condition.isEmpty()) {
      return condition.words().stream().anyMatch(w -> COURTESY.contains(w.lower()))
          || sameBare(claim, condition);
    }
    long kept = content.stream().filter(word -> claim.lemmas().contains(word.lemma())).count();
    boolean values =
        condition.facts().stream()
            .allMatch(fact -> claim.facts().stream().anyMatch(fact::comparable));
    boolean enough = conditional(claim) ? 2 * kept >= content.size() : kept == content.size();
    return enough && values;
  }

  private static boolean sameBare(Reading claim, Clause condition) {
    return claim.clauses().stream()
        .anyMatch(c -> c.conditional() && c.isEmpty() && c.negated() == condition.negated());
  }

  /** "Free for orders over 50" must not become "free". */
  private static Optional<Difference> droppedLimit(
      Clause claim, Clause evidence, Alignment alignment) {
    boolean permits =
        evidence.modality() == Modality.MAY
            || evidence.content().stream().anyMatch(w -> w.means("free"));
    for (Fact fact : evidence.facts()) {
      boolean limits = fact.bound() == Bound.AT_LEAST || (fact.bound() == Bound.AT_MOST && permits);
      boolean said = alignment.claim().facts().stream().anyMatch(fact::comparable);
      if (limits && !said && !fact.text().isEmpty()) {
        return Optional.of(Difference.unsaid(Kind.CONDITION, claim.text(), fact.text()));
      }
    }
    return Optional.empty();
  }

  /**
   * "Delivery within Ireland costs 4 euros" must not become "Delivery costs 4 euros"; of several
   * places a claim may name one.
   */
  private static Optional<Word> droppedPlace(Clause evidence, Reading said) {
    return placed(said.words()).isPresent()
        ? Optional.empty()
        : placed(evidence.words()).filter(place -> !said.lemmas().contains(place.lemma()));
  }

  /** The first name that a preposition makes a place: "in Cork", "within the United States". */
  private static Optional<Word> placed(List<Word> words) {
    for (int i = 0; i + 1 < words.size(); i++) {
      if (PLACING.contains(words.get(i).lower())) {
        boolean article = words.get(i + 1).lower().equals("the") && i + 2 < words.size();
        Word place = words.get(article ? i + 2 : i + 1);
        if (place.name()) {
          return Optional.of(place);
        }
      }
    }
    return Optional.empty();
  }

  /** A claim may not drop "usually", nor the modifier of its subject, nor add "all" or "only". */
  private static Optional<Difference> widened(Clause claim, Clause evidence, Alignment alignment) {
    Reading said = alignment.claim();
    Reading found = alignment.evidence().reading();
    Optional<Word> hedge = first(evidence, HEDGE);
    if (hedge.isPresent() && said.words().stream().noneMatch(w -> HEDGE.contains(w.lower()))) {
      return Optional.of(Difference.unsaid(Kind.CONDITION, claim.text(), hedge.get().text()));
    }
    for (Set<String> limit : List.of(UNIVERSAL, ONLY)) {
      Optional<Word> added = first(claim, limit);
      boolean known =
          found.words().stream().anyMatch(w -> limit.contains(w.lower()))
              || limit == ONLY && conditional(said) && conditional(found);
      if (added.isPresent() && !known && !(limit == ONLY && qualifiesValue(claim, added.get()))) {
        return Optional.of(Difference.unsaid(Kind.CONDITION, added.get().text(), evidence.text()));
      }
    }
    return droppedModifier(claim, evidence, said)
        .map(word -> Difference.unsaid(Kind.CONDITION, claim.text(), word.text()));
  }

  private static boolean conditional(Reading reading) {
    return reading.clauses().stream().anyMatch(Clause::conditional);
  }

  /** "It takes only 3 days" is a tone of voice, not a limit. */
  private static boolean qualifiesValue(Clause claim, Word only) {
    return claim.facts().stream()
        .anyMatch(fact -> fact.start() - only.end() >= 0 && fact.start() - only.end() < 4);
  }

  private static Optional<Word> first(Clause clause, Set<String> words) {
    return clause.words().stream().filter(w -> words.contains(w.lower())).findFirst();
  }

  /** In "express delivery takes ...", the word before the subject, when the claim drops it. */
  private static Optional<Word> droppedModifier(Clause claim, Clause evidence, Reading said) {
    List<Word> words = evidence.words();
    for (int i = 1; i < words.size(); i++) {
      Word noun = words.get(i);
      if (Clauses.isVerb(noun)) {
        return Optional.empty();
      }
      Word modifier = words.get(i - 1);
      boolean subject = i + 1 < words.size() && Clauses.isVerb(words.get(i + 1));
      boolean both =
          noun.content()
              && modifier.content()
              && PLAIN_MODIFIER.stream().noneMatch(modifier::means);
      boolean kept =
          said.lemmas().contains(modifier.lemma()) || Alignment.find(noun, claim).isEmpty();
      if (subject && both) {
        return kept ? Optional.empty() : Optional.of(modifier);
      }
    }
    return Optional.empty();
  }
}
