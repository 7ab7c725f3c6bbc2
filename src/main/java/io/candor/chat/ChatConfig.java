package io.candor.chat;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How answers are made. */
@ConfigMapping(prefix = "candor.chat")
interface ChatConfig {
  /** Who the model speaks for. */
  @WithDefault("our company")
  String company();

  /** The brand's voice, in a sentence or two for the model's system prompt. */
  @WithDefault("Friendly, plain and brief. Short sentences. No exclamation marks, no promises.")
  String voice();

  /** The risk taken: below this probability that the evidence answers the question, it abstains. */
  @WithDefault("0.5")
  double answerThreshold();

  /** The most sentences shown. */
  @WithDefault("5")
  int mostSentences();

  /**
   * Evidence that scores at least this share of the best is said even where the model left it out.
   */
  @WithDefault("0.8")
  double alsoSayShare();

  /** The most tokens that the model may say. */
  @WithDefault("160")
  int mostTokens();

  /**
   * How long to wait for the model's next sentence before the policy's own words stand in for it.
   */
  @WithDefault("4S")
  Duration patience();

  /** The model's seed: the same inputs give the same words. */
  @WithDefault("7")
  int seed();

  /** Offered where there is no answer. */
  @WithDefault("I can pass this to a colleague: just say so.")
  String offerOfAPerson();

  /** Said when a person takes over. */
  @WithDefault("I am passing this conversation to a colleague, who will read it and reply here.")
  String handover();
}
