package io.candor.serving;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Which models answer and embed, and with what means. */
@ConfigMapping(prefix = "candor.serving")
public interface ServingConfig {
  /** The folder of llama.cpp's shared libraries; needed for a local model. */
  Optional<Path> llamaLibraryPath();

  /** The local model, a GGUF file; needed unless a remote model is configured. */
  Optional<Path> model();

  /** Threads that compute; without it, one per core. */
  OptionalInt threads();

  /** The most tokens of a prompt and its answer together. */
  @WithDefault("2048")
  int contextSize();

  /** How many requests the local model serves at once, and prompt beginnings it keeps computed. */
  @WithDefault("8")
  int sequences();

  /** Tokens of a prompt computed at once; answers advance in between. */
  @WithDefault("64")
  int batch();

  /** The most requests that wait for the local model; more are told that it is busy. */
  @WithDefault("32")
  int queue();

  /** The most tokens of an answer, where the request does not say. */
  @WithDefault("256")
  int maxOutputTokens();

  /** The longest time from a request to the local model to its complete answer. */
  @WithDefault("2m")
  Duration requestTimeout();

  /** A computation that takes longer is taken for broken: those who wait are told. */
  @WithDefault("30s")
  Duration stepTimeout();

  /** Whether answers are guessed ahead from their evidence; it changes their speed only. */
  @WithDefault("true")
  boolean drafts();

  /** The largest adapter that may be sent over HTTP; other bodies have a limit of their own. */
  @WithDefault("512M")
  MemorySize largestAdapter();

  /** The models that make vectors of texts, and the one that searches. */
  Embedding embedding();

  /**
   * A model behind an OpenAI-compatible API, asked first if its address is set; a local model that
   * is configured too then answers while the remote one does not.
   */
  Remote remote();

  /** Where the remote model is, and how long it is waited for. */
  interface Remote {
    /** The API's base address, such as http://gpu-1:8000/v1. */
    Optional<String> url();

    /** The model's name there. */
    Optional<String> model();

    /** The name under which the server lists the LoRA adapter to speak with; without it, none. */
    Optional<String> adapter();

    /** The key, if the API wants one. */
    Optional<String> apiKey();

    /** The longest wait for a connection. */
    @WithDefault("2S")
    Duration connectTimeout();

    /**
     * The longest wait for an answer to begin, all tries together. Nobody listens any more after
     * candor.chat.patience, so let it be less than that.
     */
    @WithDefault("3S")
    Duration firstTokenTimeout();

    /** The longest wait for an answer to go on. */
    @WithDefault("2S")
    Duration nextTokenTimeout();

    /** The longest that an answer may take. */
    @WithDefault("30S")
    Duration totalTimeout();

    /** How often a request that failed is sent again, as long as no word of an answer came. */
    @WithDefault("2")
    int retries();

    /** The pause before the first of them, about; it doubles, and the server may ask for longer. */
    @WithDefault("200MS")
    Duration backoff();

    /** Requests that fail in a row until the server is left alone for a while. */
    @WithDefault("3")
    int failureThreshold();

    /** How long it is left alone; then one request tries it. */
    @WithDefault("10S")
    Duration pause();
  }

  /** Embedding models by their names; the bundled one needs no entry. */
  interface Embedding {
    /** The model to search with; another one than until now is filled in first. */
    @WithDefault(BgeEmbeddingModel.NAME)
    String use();

    /** Threads that compute one embedding in this process. */
    @WithDefault("2")
    int threads();

    /** Words before questions to the bundled model; empty for none, which finds less. */
    @WithDefault(BgeEmbeddingModel.QUERY_PREFIX)
    Optional<String> queryPrefix();

    /** Models beside the bundled one. A name stands for one model for ever: vectors carry it. */
    Map<String, EmbeddingModelConfig> models();
  }

  /** Either an ONNX file or an endpoint. */
  interface EmbeddingModelConfig {
    /** The encoder, an ONNX file, to be run in this process. */
    Optional<Path> onnx();

    /** Its tokenizer.json. */
    Optional<Path> tokenizer();

    /** How the encoder's token vectors become one: cls or mean. */
    @WithDefault("cls")
    Pooling pooling();

    /** The most tokens of a text that the encoder reads. */
    @WithDefault("512")
    int maxTokens();

    /** Words that the model wants before questions. */
    Optional<String> queryPrefix();

    /** Words that the model wants before passages. */
    Optional<String> passagePrefix();

    /** An OpenAI-compatible API's base address, such as http://gpu-1:8000/v1. */
    Optional<String> url();

    /** The model's name there; without it, the name here. */
    Optional<String> model();

    /** The key, if the API wants one. */
    Optional<String> apiKey();

    /** The longest wait to connect, and for vectors. */
    @WithDefault("10s")
    Duration timeout();

    /** The length to ask the API for, of models that can shorten their vectors; else learnt. */
    OptionalInt dimension();
  }
}
