package io.candor.serving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The remote model against a server that follows a script. */
class RemoteModelTest {
  private HttpServer server;
  private volatile String body;
  private volatile String authorization;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void anAnswerIsStreamedFromTheConfiguredServer() throws Exception {
    script(exchange -> {
      send(exchange, chunk("{\"content\":\"Within \"}", "null"));
      send(exchange, chunk("{\"content\":\"30 days.\"}", "null"));
      send(exchange, chunk("{}", "\"stop\""));
      send(exchange, "data: [DONE]\n\n");
    });
    var parts = new ArrayList<String>();
    var model = model("30s");
    var request =
        ChatRequest.builder()
            .messages(UserMessage.from("How long?"))
            .parameters(OpenAiChatRequestParameters.builder().seed(7).build())
            .build();

    var generation = Generation.start(model, request, new Parts(parts));
    var response = generation.response().get(10, SECONDS);

    assertEquals("Within 30 days.", response.aiMessage().text());
    assertEquals(List.of("Within ", "30 days."), parts);
    assertEquals("Bearer secret", authorization);
    assertTrue(body.contains("\"seed\" : 7") || body.contains("\"seed\":7"), body);
    assertTrue(body.contains("brand-7b"), body);
    assertEquals(new ModelIdentity("brand-7b", "unknown", "none"), model.identity());
  }

  @Test
  void cancellingClosesTheConnection() throws Exception {
    var closed = new CountDownLatch(1);
    script(exchange -> {
      try {
        for (int i = 0; i < 500; i++) {
          send(exchange, chunk("{\"content\":\"word \"}", "null"));
          Thread.sleep(20);
        }
      } catch (IOException e) {
        closed.countDown();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    var parts = new ArrayList<String>();
    var generation = Generation.start(model("30s"), question(), new Parts(parts));

    generation.cancel(); // before the first token

    assertTrue(closed.await(8, SECONDS));
    assertEquals(List.of(), parts);
  }

  @Test
  void aServerThatDoesNotAnswerInTimeIsAnError() {
    script(exchange -> {
      try {
        Thread.sleep(5_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });

    var generation = Generation.start(model("300ms"), question(), new Parts(new ArrayList<>()));

    var error = assertThrows(ExecutionException.class, () -> generation.response().get(4, SECONDS));
    assertTrue(error.getCause() instanceof TimeoutException, error.toString());
  }

  private static ChatRequest question() {
    return ChatRequest.builder().messages(UserMessage.from("How long?")).build();
  }

  private LanguageModel model(String timeout) {
    var url = "http://localhost:%d/v1".formatted(server.getAddress().getPort());
    var model =
        new LanguageModel(
            ServingConfigTest.config(
                Map.of(
                    "candor.serving.remote.url",
                    url,
                    "candor.serving.remote.model",
                    "brand-7b",
                    "candor.serving.remote.api-key",
                    "secret",
                    "candor.serving.remote.timeout",
                    timeout)));
    model.load();
    return model;
  }

  private void script(HttpHandler answer) {
    server.createContext(
        "/v1/chat/completions",
        exchange -> {
          authorization = exchange.getRequestHeaders().getFirst("Authorization");
          body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, 0);
          try (exchange) {
            answer.handle(exchange);
          }
        });
  }

  private static String chunk(String delta, String finish) {
    return """
    data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"brand-7b",\
    "choices":[{"index":0,"delta":%s,"finish_reason":%s}]}

    """
        .formatted(delta, finish);
  }

  private static void send(HttpExchange exchange, String event) throws IOException {
    exchange.getResponseBody().write(event.getBytes(UTF_8));
    exchange.getResponseBody().flush();
  }

  private record Parts(List<String> parts) implements StreamingChatResponseHandler {
    @Override
    public void onPartialResponse(String part) {
      parts.add(part);
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {}

    @Override
    public void onError(Throwable error) {}
  }
}
