package io.candor.retrieval;

import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What scores passages for a question: an endpoint, or a cross-encoder in this process. */
interface RerankerConfig {
  /** The endpoint's whole address, as https://host/v1/rerank. */
  Optional<URI> url();

  /** A cross-encoder's ONNX file, run in this process. */
  Optional<Path> onnx();

  /** Its tokenizer.json. */
  Optional<Path> tokenizer();

  /** What the file is given of question and passage together, special tokens included. */
  @WithDefault("512")
  int maxTokens();

  /**
   * How the endpoint is spoken to: cohere (also Jina and vLLM) or tei (text-embeddings-inference).
   */
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
