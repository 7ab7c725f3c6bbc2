package io.candor.retrieval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A cross-encoder behind a rerank endpoint, asked within a time limit. */
final class RemoteScoringModel implements ScoringModel {
  /** The shape of requests and answers. */
  enum Api {
    /** {@code {query, documents}} to {@code {results: [{index, relevance_score}]}}: Jina, vLLM. */
    COHERE,
    /** {@code {query, texts}} to {@code [{index, score}]}: text-embeddings-inference. */
    TEI
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI url;
  private final RerankerConfig config;

  RemoteScoringModel(URI url, RerankerConfig config) {
    this.url = url;
    this.config = config;
  }

  /** One score per segment, in their order; throws if there is none in time. */
  @Override
  public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
    var answer = send(body(segments, query));
    var scores = new Double[segments.size()];
    boolean isTei = config.api() == Api.TEI;
    for (var result : isTei ? answer : answer.path("results")) {
      int index = result.path("index").asInt(-1);
      var score = result.path(isTei ? "score" : "relevance_score");
      if (index < 0 || index >= scores.length || !score.isNumber()) {
        throw new IllegalStateException("the rerank endpoint answered with " + result);
      }
      scores[index] = score.doubleValue();
    }
    if (Arrays.asList(scores).contains(null)) {
      throw new IllegalStateException("the rerank endpoint left passages out");
    }
    return Response.from(List.of(scores));
  }

  private String body(List<TextSegment> segments, String query) {
    var texts = segments.stream().map(TextSegment::text).toList();
    var body = JSON.createObjectNode().put("query", query);
    body.set(config.api() == Api.TEI ? "texts" : "documents", JSON.valueToTree(texts));
    config.model().ifPresent(model -> body.put("model", model));
    return body.toString();
  }

  private JsonNode send(String body) {
    var request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    config.apiKey().ifPresent(key -> request.header("Authorization", "Bearer " + key));
    // The client's own time-out ends with the headers; this one includes the body.
    var pending = client.sendAsync(request.build(), BodyHandlers.ofByteArray());
    try {
      var response = pending.get(config.timeout().toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != 200) {
        throw new IllegalStateException("the rerank endpoint answered " + response.statusCode());
      }
      return JSON.readTree(response.body());
    } catch (TimeoutException e) {
      pending.cancel(true);
      throw new IllegalStateException(
          "no answer from the rerank endpoint in " + config.timeout(), e);
    } catch (InterruptedException e) {
      pending.cancel(true);
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while reranking");
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot reach the rerank endpoint", e.getCause());
    } catch (IOException e) {
      throw new UncheckedIOException("the rerank endpoint did not answer with JSON", e);
    }
  }
}
