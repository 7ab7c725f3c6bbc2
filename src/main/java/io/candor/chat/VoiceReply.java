package io.candor.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * What the model said, as {@link VoiceResource} tells it.
 *
 * @param shown what a customer would see of it, once it is verified
 * @param firstSentenceMs from the request to the first sentence; empty where nothing was said
 * @param firstWordsMs from the request to its first words
 * @param otherWordsMs from its first words to its last
 * @param likelihood of its words as it wrote them
 * @param reference the same for the request's reference
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record VoiceReply(
    List<Said> sentences,
    List<String> shown,
    Optional<Double> firstSentenceMs,
    Optional<Double> firstWordsMs,
    Optional<Double> otherWordsMs,
    Optional<Likelihood> likelihood,
    Optional<Likelihood> reference) {
  VoiceReply {
    sentences = List.copyOf(sentences);
    shown = List.copyOf(shown);
  }

  /** A sentence, and the numbers of the facts that it says it used. */
  record Said(String text, List<Integer> citations) {}

  /** The natural log-probability of a text's tokens, summed; only a local model tells it. */
  record Likelihood(int tokens, double logProbability) {
    static Likelihood of(List<Double> tokens) {
      return new Likelihood(tokens.size(), tokens.stream().mapToDouble(t -> t).sum());
    }
  }
}
