package io.candor.chat;

import io.candor.chat.SaidBefore.Said;
import io.candor.grounding.Claim;
import io.candor.grounding.Judgement;
import io.candor.grounding.Passage;
import io.candor.grounding.Verdict;
import io.candor.grounding.Verifier;
import io.candor.retrieval.Evidence;
import io.candor.serving.ModelIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The stages voice and verify. The model says the facts in the brand's voice; each sentence is
 * shown only if one of them supports it, with the citations of the one that does, whatever the
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

  /** What was asked of the model, what which one said, and what became of each sentence. */
  record Spoken(
      Prompt prompt, String raw, Optional<ModelIdentity> speaker, List<Verified> verified) {
    /** A sentence of the model's with its verdict; shown is what the customer saw in its place. */
    record Verified(String said, Judgement judgement, String shown) {}
  }

  /**
   * What is to be said to whom.
   *
   * @param several whether the message asks other questions too
   * @param trusted false where the message may be an attack: then the model does not see it
   */
  record Speech(
      SaidBefore.Audience audience,
      String question,
      List<Evidence> evidence,
      boolean several,
      boolean trusted) {}

  /** Fills the draft. */
  Spoken speak(Speech speech, Draft draft) {
    int most =
        draft.size()
            + (speech.several() ? config.mostSentencesOfSeveral() : config.mostSentences());
    var facts = facts(speech.evidence());
    var tenant = speech.audience().tenant();
    var prompt = voice.prompt(tenant, speech.question(), facts.stream().map(Fact::text).toList());
    var verified = new ArrayList<Spoken.Verified>();
    var said = new Said(prompt, "", Optional.empty());
    if (speech.trusted()) {
      said =
          verifyAll(
              voice.say(speech.audience(), prompt),
              speech.question(),
              facts,
              draft,
              most,
              verified::add);
    }
    sayWhatIsMissing(facts, draft, most);
    return new Spoken(said.prompt(), said.raw(), said.speaker(), verified);
  }

  /** What a customer would see of what a model said about given facts. */
  List<String> shown(Said said, List<String> given) {
    var facts = Fact.given(given);
    var draft = new Draft(_ -> {});
    var question = said.prompt().question();
    verifyAll(Utterance.again(said), question, facts, draft, config.mostSentences(), _ -> {});
    sayWhatIsMissing(facts, draft, config.mostSentences());
    return draft.sentences().stream().map(Answer.Sentence::text).toList();
  }

  /** The few that answer best: the more facts, the longer the wait and the more a model strays. */
  private List<Fact> facts(List<Evidence> evidence) {
    var best = evidence.getFirst();
    return evidence.stream()
        .filter(e -> e.score() >= best.score() * share(e, best))
        .limit(config.mostFacts())
        .map(Fact::of)
        .toList();
  }

  /** What stands beside the best sentence explains it; another page more often strays. */
  private double share(Evidence evidence, Evidence best) {
    var same = evidence.hit().document().equals(best.hit().document());
    return same ? config.factShare() : config.otherDocumentShare();
  }

  private Said verifyAll(
      Utterance said,
      String question,
      List<Fact> facts,
      Draft draft,
      int most,
      Consumer<Spoken.Verified> verified) {
    try (said) {
      draft.whenAbandoned(said::abandon);
      for (var sentence = said.next(config.patience());
          sentence.isPresent();
          sentence = said.next(config.patience())) {
        verify(sentence.get(), question, facts, draft, verified);
        if (draft.size() >= most || facts.stream().allMatch(draft::hasUsed)) {
          break;
        }
      }
      said.usage().ifPresent(draft::spend);
      return said.said();
    }
  }

  private void verify(
      String sentence,
      String question,
      List<Fact> facts,
      Draft draft,
      Consumer<Spoken.Verified> verified) {
    var said = Markers.of(sentence, facts.size());
    if (said.words().isBlank() || verifier.makesNoClaim(said.words())) {
      return;
    }
    var cited = said.cited().stream().map(n -> facts.get(n - 1)).toList();
    var judgements = new ArrayList<Judgement>();
    var support =
        Stream.concat(cited.stream(), facts.stream())
            .distinct()
            .filter(
                fact -> supports(fact, new Claim(said.words(), List.of(), question), judgements))
            .findFirst();
    var shown =
        support.isPresent()
            ? shown(said.words(), support.get(), draft)
            : instead(cited, facts, draft);
    verified.accept(new Spoken.Verified(sentence, verdict(support, judgements), shown.orElse("")));
  }

  private boolean supports(Fact fact, Claim claim, List<Judgement> judgements) {
    var judgement = verifier.verify(claim, List.of(new Passage(1, fact.text())));
    judgements.add(judgement);
    return judgement.verdict() == Verdict.SUPPORTED;
  }

  /** What was shown word for word before is not said again. */
  private static Optional<String> shown(String words, Fact fact, Draft draft) {
    if (draft.hasQuoted(fact)) {
      return Optional.empty();
    }
    if (words.equals(fact.text())) {
      draft.quote(fact);
      return Optional.of(fact.shown());
    }
    draft.show(words, fact.sources());
    return Optional.of(words);
  }

  /** The supporting fact's verdict, else that of the fact which it cited, or of the best one. */
  private static Judgement verdict(Optional<Fact> support, List<Judgement> judgements) {
    return support.isPresent() ? judgements.getLast() : judgements.getFirst();
  }

  /** What stands in for a sentence that drifted: the fact that it cited, else the best one. */
  private Optional<String> instead(List<Fact> cited, List<Fact> facts, Draft draft) {
    var fact =
        Stream.concat(cited.stream(), facts.stream().limit(1))
            .filter(f -> !draft.hasUsed(f))
            .findFirst();
    fact.ifPresent(draft::quote);
    return fact.map(Fact::shown);
  }

  /** The best evidence is never left out because the model did not get to it. */
  private void sayWhatIsMissing(List<Fact> facts, Draft draft, int most) {
    var enough = facts.getFirst().score() * config.alsoSayShare();
    var room = Math.max(0, most - draft.size());
    facts.stream()
        .filter(fact -> !draft.hasUsed(fact) && fact.score() >= enough)
        .limit(Math.min(room, config.mostOwnWords()))
        .forEach(draft::quote);
  }
}
