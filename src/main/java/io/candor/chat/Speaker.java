package io.candor.chat;

import io.candor.grounding.Claim;
import io.candor.grounding.Judgement;
import io.candor.grounding.Passage;
import io.candor.grounding.Verdict;
import io.candor.grounding.Verifier;
import io.candor.retrieval.Evidence;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The stages voice and verify. The model says the evidence in the brand's voice; each sentence is
 * shown only if the evidence supports it, with citations of the evidence that does, whatever the
 * model cited. Where a sentence drifts, the policy's own words are shown in its place.
 */
@ApplicationScoped
class Speaker {
  private final Voice voice;
  private final Verifier verifier;
  private final ChatConfig config;

  Speaker(Voice voice, Verifier verifier, ChatConfig config) {
    this.voice = voice;
    this.verifier = verifier;
    this.config = config;
  }

  /** What was asked of the model, what it said, and what became of each sentence. */
  record Spoken(Prompt prompt, String raw, List<Verified> verified) {
    /** A sentence of the model's with its verdict; shown is what the customer saw in its place. */
    record Verified(String said, Judgement judgement, String shown) {}
  }

  /**
   * Fills the draft.
   *
   * @param trusted false where the message may be an attack: then the model does not see it
   */
  Spoken speak(String question, List<Evidence> evidence, Draft draft, boolean trusted) {
    var facts = evidence.stream().map(OwnWords::of).toList();
    var prompt = Prompt.of(config, question, facts);
    var verified = new ArrayList<Spoken.Verified>();
    var raw = "";
    if (trusted) {
      raw = verifyAll(voice.say(prompt), facts, draft, verified);
    }
    sayWhatIsMissing(evidence, facts, draft);
    return new Spoken(prompt, raw, verified);
  }

  private String verifyAll(
      Utterance said, List<String> facts, Draft draft, List<Spoken.Verified> verified) {
    try (said) {
      for (var sentence = said.next(config.patience());
          sentence.isPresent();
          sentence = said.next(config.patience())) {
        verify(sentence.get(), facts, draft, verified::add);
        if (draft.size() >= config.mostSentences() || allUsed(facts, draft)) {
          break;
        }
      }
      return said.raw();
    }
  }

  private void verify(
      String sentence, List<String> facts, Draft draft, Consumer<Spoken.Verified> verified) {
    var said = Markers.of(sentence, facts.size());
    if (said.words().isBlank() || verifier.makesNoClaim(said.words())) {
      return;
    }
    var judgement = judge(said.words(), facts, said.cited());
    var support = said.cited();
    if (judgement.verdict() != Verdict.SUPPORTED || support.isEmpty()) {
      support = supportingAlone(said.words(), facts);
    }
    if (!support.isEmpty()) {
      draft.show(said.words(), support.stream().map(n -> n - 1).toList());
      verified.accept(new Spoken.Verified(sentence, judgement, said.words()));
      return;
    }
    var fallback = firstUnused(said.cited(), facts, draft);
    var shown = fallback < 0 ? "" : facts.get(fallback);
    if (fallback >= 0) {
      draft.show(shown, List.of(fallback));
    }
    verified.accept(new Spoken.Verified(sentence, judgement, shown));
  }

  /** The first fact that supports the words by itself: citing more would cite what was not used. */
  private List<Integer> supportingAlone(String words, List<String> facts) {
    return IntStream.rangeClosed(1, facts.size())
        .filter(n -> judge(words, facts, List.of(n)).verdict() == Verdict.SUPPORTED)
        .boxed()
        .limit(1)
        .toList();
  }

  private Judgement judge(String words, List<String> facts, List<Integer> cited) {
    var passages =
        IntStream.rangeClosed(1, facts.size())
            .filter(n -> cited.isEmpty() || cited.contains(n))
            .mapToObj(n -> new Passage(n, facts.get(n - 1)))
            .toList();
    return verifier.verify(new Claim(words, List.of()), passages);
  }

  /** What stands in for a sentence that drifted: the fact that it cited, else the best one left. */
  private static int firstUnused(List<Integer> cited, List<String> facts, Draft draft) {
    return IntStream.concat(
            cited.stream().mapToInt(n -> n - 1), IntStream.range(0, Math.min(1, facts.size())))
        .filter(i -> !draft.hasUsed(i))
        .findFirst()
        .orElse(-1);
  }

  /** The best evidence is never left out because the model did not get to it. */
  private void sayWhatIsMissing(List<Evidence> evidence, List<String> facts, Draft draft) {
    var enough = evidence.getFirst().score() * config.alsoSayShare();
    for (int i = 0; i < facts.size() && draft.size() < config.mostSentences(); i++) {
      if (!draft.hasUsed(i) && evidence.get(i).score() >= enough) {
        draft.show(facts.get(i), List.of(i));
      }
    }
  }

  private static boolean allUsed(List<String> facts, Draft draft) {
    return IntStream.range(0, facts.size()).allMatch(draft::hasUsed);
  }
}
