package io.candor.serving;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.StreamSupport;

/** Where a remote model is, and how it is spoken to over HTTP. */
final class RemoteEndpoint {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_BODY = 1 << 20;

  private final ServingConfig.Remote config;
  private final String url;
  private final String model;

  RemoteEndpoint(ServingConfig.Remote config) {
    this.config = config;
    this.url = checked(config.url().orElseThrow());
    this.model =
        config
            .model()
            .orElseThrow(
                () -> new IllegalArgumentException("candor.serving.remote.model is not set"));
  }

  /**
   * A client for one request, because only closing the client closes a connection for sure: a
   * request that is cancelled just when its response begins leaves it open (JDK 25), and a GPU goes
   * on for nobody. Many model servers do not understand the upgrade to HTTP/2 that it would offer.
   */
  private HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(config.connectTimeout())
        .build();
  }

  private static String checked(String url) {
    URI uri;
    try {
      uri = URI.create(url.strip().replaceFirst("/+$", ""));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("candor.serving.remote.url is no address", e);
    }
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!http || uri.getHost() == null || uri.getUserInfo() != null || uri.getQuery() != null) {
      throw new IllegalArgumentException(
          "candor.serving.remote.url is an address like http://gpu-1:8000/v1, the key is apart in"
              + " candor.serving.remote.api-key");
    }
    return uri.toString();
  }

  String url() {
    return url;
  }

  /** Asks for a completion; whether the server accepts the request is told by its events. */
  RemoteEvents complete(String model, byte[] request) {
    var post =
        request("/chat/completions")
            .header("Content-Type", "application/json")
            .header("Accept", "text/event-stream")
            .POST(BodyPublishers.ofByteArray(request))
            .build();
    var client = client();
    var events = new RemoteEvents(url, client);
    client
        .sendAsync(post, head -> isEventStream(head) ? events.body() : text(head))
        .whenComplete((response, failure) -> {
          if (failure != null) {
            events.onError(failure instanceof CompletionException e ? e.getCause() : failure);
          } else if (!isEventStream(response.statusCode(), response.headers())) {
            events.onError(refused(model, response));
          }
        });
    return events;
  }

  private static boolean isEventStream(ResponseInfo head) {
    return isEventStream(head.statusCode(), head.headers());
  }

  private static boolean isEventStream(int status, HttpHeaders headers) {
    var type = headers.firstValue("Content-Type").orElse("");
    return status == 200 && type.startsWith("text/event-stream");
  }

  private RemoteFailure refused(String model, HttpResponse<String> response) {
    return RemoteFailure.refused(
        url, model, response.statusCode(), response.headers(), response.body());
  }

  /** The base model's name there. */
  String model() {
    return model;
  }

  /** Asks whether the server is there and has the model; if not, its failure is thrown. */
  void check() throws InterruptedException {
    var models = models();
    for (var name : List.of(model, config.adapter().orElse(model))) {
      if (!models.contains(name)) {
        throw RemoteFailure.lasting(
            "%s has no model '%s', only %s: check candor.serving.remote"
                .formatted(url, name, models));
      }
    }
  }

  private List<String> models() throws InterruptedException {
    var get = request("/models").GET().build();
    var patience = config.connectTimeout().plus(config.firstTokenTimeout());
    var response = send(get, patience);
    try {
      var data = JSON.readTree(response.body()).path("data");
      if (response.statusCode() == 200 && data.isArray()) {
        return StreamSupport.stream(data.spliterator(), false)
            .map(model -> model.path("id").asText())
            .toList();
      }
    } catch (JsonProcessingException e) {
      // told below
    }
    throw refused("", response);
  }

  private HttpRequest.Builder request(String path) {
    var request = HttpRequest.newBuilder(URI.create(url + path));
    config.apiKey().ifPresent(key -> request.header("Authorization", "Bearer " + key));
    return request;
  }

  private HttpResponse<String> send(HttpRequest request, Duration patience)
      throws InterruptedException {
    var client = client();
    try {
      return client
          .sendAsync(request, RemoteEndpoint::text)
          .get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw RemoteFailure.late(url, patience);
    } catch (ExecutionException e) {
      throw RemoteFailure.unreachable(url, e.getCause());
    } finally {
      client.shutdownNow();
    }
  }

  private static BodySubscriber<String> text(ResponseInfo head) {
    return BodySubscribers.limiting(BodySubscribers.ofString(StandardCharsets.UTF_8), LONGEST_BODY);
  }
}
