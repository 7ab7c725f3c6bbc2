package io.candor.grounding;

import io.candor.grounding.Words.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a claim in the evidence's words: a word that the evidence lacks stands for one that the
 * claim lacks if the lexicon knows that the first can be said for the second ("tell us" for
 * "report").
 */
final class Rewording {
  private Rewording() {}

  static Reading of(Reading claim, Reading evidence) {
    List<Word> unsaid = unsaid(claim, evidence);
    var words = new ArrayList<Word>();
    for (Word word : claim.words()) {
      Optional<Word> meant =
          says(evidence, word) || word.name() || word.punctuation()
              ? Optional.empty()
              : unsaid.stream()
                  .filter(other -> Lexicon.ENGLISH.isNear(word.entry(), other.entry()))
                  .findFirst();
      meant.ifPresent(unsaid::remove);
      words.add(meant.map(word::as).orElse(word));
    }
    return words.equals(claim.words()) ? claim : claim.with(words);
  }

  /** The evidence's words without those that the claim says as often. */
  private static List<Word> unsaid(Reading claim, Reading evidence) {
    var unsaid = new ArrayList<>(evidence.content());
    for (Word word : claim.words()) {
      unsaid.stream()
          .filter(other -> other.lemma().equals(word.lemma()))
          .findFirst()
          .ifPresent(unsaid::remove);
    }
    return unsaid;
  }

  private static boolean says(Reading evidence, Word word) {
    return evidence.lemmas().contains(word.lemma());
  }
}
