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

  /** Whether a message that asks several things is taken apart. */
  @WithDefault("true")
  boolean split();

  /** Whether it asks back where a question says too little. */
  @WithDefault("true")
  boolean clarify();

  /** Who completes a follow-up: rules, or model for one that is larger than the default. */
  @WithDefault("rules")
  FollowUps.Rewrite rewrite();

  /** The most facts that the model is given. */
  @WithDefault("5")
  int mostFacts();

  /** A fact scores at least this share of the best one. */
  @WithDefault("0.87")
  double factShare();

  /** The same for a fact of another document than the best one's: one page seldom needs two. */
  @WithDefault("0.96")
  double otherDocumentShare();

  /** The most sentences shown. */
  @WithDefault("5")
  int mostSentences();

  /** The same for each of several questions in one message. */
  @WithDefault("3")
  int mostSentencesOfSeveral();

  /** The most sentences in the policy's own words that are added to what the model said. */
  @WithDefault("5")
  int mostOwnWords();

  /**
   * Evidence that scores at least this share of the best is said even where the model left it. For
   * a model that chooses well among the facts, 1.
   */
  @WithDefault("0.85")
  double alsoSayShare();

  /**
   * Approved answers to the nearest questions that the model is shown as examples, 0 to 3: a voice
   * without training. Each makes the prompt about twice as long.
   */
  @WithDefault("0")
  int examples();

  /** The most tokens that the model may say. */
  @WithDefault("160")
  int mostTokens();

  /**
   * How long to wait for the model's next sentence before the policy's own words stand in for it.
   */
  @WithDefault("4S")
  Duration patience();

  /** Answers whose words are remembered for the same question and facts; 0 for none. */
  @WithDefault("2000")
  int rememberedAnswers();

  /** The model's seed: the same inputs give the same words. */
  @WithDefault("7")
  int seed();

  /** Said where no policy supports an answer; it should offer a person. */
  @WithDefault(
      "I could not find this in our policies and product pages, so I will not guess. "
          + "I can pass this to a colleague: just say so.")
  String abstention();

  /** Said when a person takes over. */
  @WithDefault("I am passing this conversation to a colleague, who will read it and reply here.")
  String handover();
}
