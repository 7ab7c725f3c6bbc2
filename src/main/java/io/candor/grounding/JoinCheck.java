package io.candor.grounding;

import io.candor.grounding.Clause.Modality;
import io.candor.grounding.Clause.Role;
import io.candor.grounding.Finding.Kind;
import io.candor.grounding.Words.Word;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares how things are joined: all of them or any of them, and which goes with which. */
final class JoinCheck {
  private static final Set<String> JOINS = Set.of("and", "or");

  private JoinCheck() {}

  static List<Difference> differences(Alignment alignment) {
    var differences = new ArrayList<Difference>();
    Reading claim = alignment.claim();
    Reading evidence = alignment.evidence().reading();
    if (claim.clauses().stream().allMatch(JoinCheck::demands)
        && exchanged(joined(claim.words(), false), joined(evidence.words(), false))) {
      differences.add(Difference.conflict(Kind.CONDITION, claim.plain(), evidence.plain()));
    }
    for (Map.Entry<Clause, Clause> pair : alignment.pairs().entrySet()) {
      boolean exchanged =
          demands(pair.getKey()) && exchanged(joined(pair.getKey()), joined(pair.getValue()));
      if (exchanged || crossed(pair.getKey(), pair.getValue())) {
        differences.add(
            Difference.conflict(Kind.CONDITION, pair.getKey().text(), pair.getValue().text()));
      }
    }
    return differences;
  }

  /** Of what is permitted, "A or B" and "A and B" say the same. */
  private static boolean demands(Clause clause) {
    return clause.role() == Role.CONDITION
        || !clause.conditional() && !clause.negated() && clause.modality() != Modality.MAY;
  }

  private static boolean exchanged(List<List<String>> claim, List<List<String>> found) {
    return claim.stream()
        .anyMatch(join -> {
          String other = join.get(1).equals("or") ? "and" : "or";
          return !found.contains(join)
              && (found.contains(List.of(join.get(0), other, join.get(2)))
                  || found.contains(List.of(join.get(2), other, join.get(0))));
        });
  }

  private static List<List<String>> joined(Clause clause) {
    return joined(clause.words(), clause.conditional() || clause.modality() == Modality.MUST);
  }

  /** Each "and" or "or" with the lemmas that it joins; in a subject the two say the same. */
  private static List<List<String>> joined(List<Word> words, boolean verbless) {
    var joined = new ArrayList<List<String>>();
    boolean verb = verbless;
    for (int i = 1; i < words.size(); i++) {
      verb |= Clauses.isVerb(words.get(i - 1));
      if (verb && JOINS.contains(words.get(i).lower())) {
        String before = lemma(words.subList(0, i).reversed());
        String after = lemma(words.subList(i + 1, words.size()));
        joined.add(List.of(before, words.get(i).lower(), after));
      }
    }
    return joined;
  }

  private static String lemma(List<Word> words) {
    return words.stream().filter(Word::content).findFirst().map(Word::lemma).orElse("");
  }

  /**
   * Where the evidence leaves out its second verb ("gold members get a pass and silver members a
   * drink"), what belongs together shows in the order alone, so the claim must keep it.
   */
  private static boolean crossed(Clause claim, Clause evidence) {
    if (!leavesOutVerb(evidence.words())) {
      return false;
    }
    List<String> order = evidence.content().stream().map(Word::lemma).toList();
    int at = -1;
    for (Word word : claim.content()) {
      int next =
          Collections.indexOfSubList(order.subList(at + 1, order.size()), List.of(word.lemma()));
      if (next < 0 && order.contains(word.lemma())) {
        return true;
      }
      at += next < 0 ? 0 : next + 1;
    }
    return false;
  }

  private static boolean leavesOutVerb(List<Word> words) {
    for (int i = 1; i < words.size(); i++) {
      List<Word> rest = words.subList(i + 1, words.size());
      boolean joins = words.get(i).lower().equals("and");
      boolean verb = words.subList(0, i).stream().anyMatch(Clauses::isVerb);
      boolean pair =
          rest.size() > 2
              && rest.getFirst().content()
              && rest.stream().skip(1).limit(3).anyMatch(w -> w.lower().matches("an?|the"));
      boolean without =
          rest.stream().noneMatch(w -> Clauses.isVerb(w) || w.lower().matches("of|for|in|on|to"));
      if (joins && verb && pair && without) {
        return true;
      }
    }
    return false;
  }
}
