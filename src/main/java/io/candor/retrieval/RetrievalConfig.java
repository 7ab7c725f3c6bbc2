package io.candor.retrieval;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

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

  /** A model that reads question and passage together, off unless its endpoint is set. */
  RerankerConfig reranker();

  /** An endpoint that scores passages for a question. */
  interface RerankerConfig {
    /** The whole address, as https://host/v1/rerank. */
    Optional<URI> url();

    /** How it is spoken to: cohere (also Jina and vLLM) or tei (text-embeddings-inference). */
    @WithDefault("cohere")
    RemoteScoringModel.Api api();

    /** The model's name, where the endpoint has several. */
    Optional<String> model();

    /** Sent as a bearer token, if set. */
    Optional<String> apiKey();

    /** How many of the first hits it reads. */
    @WithDefault("20")
    int top();

    /** After this the order stays as the search left it. */
    @WithDefault("PT0.5S")
    Duration timeout();
  }
}
