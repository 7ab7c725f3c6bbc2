package io.candor.retrieval;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of search and of the evidence taken from it. */
@ConfigMapping(prefix = "candor.retrieval")
interface RetrievalConfig {
  /** What one unit of BM25 adds to a hit's cosine similarity, before {@code Fusion} adapts it. */
  @WithDefault("0.0059")
  double textWeight();

  /** Passages that the index visits per question; more find more and take longer. */
  @WithDefault("320")
  int efSearch();

  /** Whether a question's misspelt words are corrected before it is searched. */
  @WithDefault("true")
  boolean spelling();

  /** Whether a name is looked up in the lists that define it: Finland in those of Zone 3. */
  @WithDefault("true")
  boolean definitions();

  /** The most sentences that are taken as evidence for one question. */
  @WithDefault("8")
  int maxSentences();

  /** How many sentences are compared with the question by their vectors, a few ms each. */
  @WithDefault("8")
  int comparedSentences();

  /** The most characters of evidence for one question. */
  @WithDefault("1200")
  int maxCharacters();

  /** A model that reads question and passage together: off unless its endpoint or file is set. */
  RerankerConfig reranker();
}
