package io.candor.serving;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.http.client.jdk.JdkHttpClient;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.output.Response;
import java.net.http.HttpClient;
import java.util.List;
import java.util.OptionalInt;

/** An embedding model behind an OpenAI-compatible API: vLLM, text-embeddings-inference, Ollama. */
final class RemoteEmbeddingModel implements TextEmbeddingModel {
  private static final int RETRIES = 2;

  /** What the strictest of the usual servers takes at once. */
  private static final int BATCH = 32;

  private final String name;
  private final ServingConfig.EmbeddingModelConfig config;
  private final String url;
  private final EmbeddingModel endpoint;
  private final QueryCache queries = new QueryCache();
  private volatile OptionalInt dimension;

  RemoteEmbeddingModel(String name, ServingConfig.EmbeddingModelConfig config) {
    this.name = name;
    this.config = config;
    this.url = config.url().orElseThrow();
    this.dimension = config.dimension();
    // Many model servers do not understand the upgrade to HTTP/2 that this client would offer.
    var http1 = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
    var builder =
        OpenAiEmbeddingModel.builder()
            .httpClientBuilder(JdkHttpClient.builder().httpClientBuilder(http1))
            .baseUrl(url)
            .modelName(config.model().orElse(name))
            .apiKey(config.apiKey().orElse("none")) // servers without keys ignore it
            .timeout(config.timeout())
            .maxRetries(RETRIES)
            .maxSegmentsPerBatch(BATCH);
    config.dimension().ifPresent(builder::dimensions);
    endpoint = builder.build();
  }

  @Override
  public Embedding embedQuery(String query) {
    return queries.get(
        query,
        text ->
            embed(List.of(prefixed(config.queryPrefix().orElse(""), text)))
                .content()
                .getFirst()
                .vector());
  }

  @Override
  public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
    var prefix = config.passagePrefix().orElse("");
    return embed(segments.stream().map(segment -> prefixed(prefix, segment.text())).toList());
  }

  private static TextSegment prefixed(String prefix, String text) {
    return TextSegment.from(prefix + text);
  }

  private Response<List<Embedding>> embed(List<TextSegment> segments) {
    Response<List<Embedding>> response;
    try {
      response = endpoint.embedAll(segments);
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "the embedding model %s at %s failed: %s".formatted(name, url, e.getMessage()), e);
    }
    check(segments.size(), response.content());
    return response;
  }

  /** A wrong vector would be stored and searched for long: better none. */
  private void check(int texts, List<Embedding> embeddings) {
    if (embeddings.size() != texts) {
      throw new IllegalStateException(
          "the embedding model %s at %s sent %d vectors for %d texts"
              .formatted(name, url, embeddings.size(), texts));
    }
    for (var embedding : embeddings) {
      if (!pointsSomewhere(embedding.vector())) {
        throw new IllegalStateException(
            "the embedding model %s at %s sent a vector that points nowhere".formatted(name, url));
      }
      int size = embedding.dimension();
      if (dimension.isEmpty()) {
        dimension = OptionalInt.of(size);
      }
      if (size != dimension.getAsInt()) {
        throw new IllegalStateException(
            "the embedding model %s at %s sent a vector of %d numbers, and not of %d"
                .formatted(name, url, size, dimension.getAsInt()));
      }
    }
  }

  /** Of zeros alone, or of what is no number, no similarity can be told. */
  private static boolean pointsSomewhere(float[] vector) {
    double squares = 0;
    for (float x : vector) {
      squares += x * x;
    }
    return squares > 0 && Double.isFinite(squares);
  }

  @Override
  public String modelName() {
    return name;
  }

  /**
   * As configured, or learnt from the first vector, for which the endpoint may have to be asked.
   */
  @Override
  public int dimension() {
    if (dimension.isEmpty()) {
      embed(List.of(TextSegment.from("dimension")));
    }
    return dimension.getAsInt();
  }

  @Override
  public void close() {
    // nothing is held open
  }
}
