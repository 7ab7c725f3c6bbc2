package io.candor.serving;

import static io.candor.serving.ScriptedServer.chunk;
import static io.candor.serving.ScriptedServer.event;
import static io.candor.serving.ScriptedServer.events;
import static io.candor.serving.ScriptedServer.refuses;
import static io.candor.serving.ScriptedServer.says;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import io.candor.serving.ScriptedServer.Script;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The remote model against a server that follows a script: what a healthy one does not show. */
class RemoteModelTest {
  private static final Script SILENCE = out -> Thread.sleep(10_000);
  private static final Script SILENCE_AFTER_A_WORD =
      out -> {
        events(out);
        event(out, chunk("Within "));
        SILENCE.answer(out);
      };
  private static final Script CUT_AFTER_A_WORD =
      out -> {
        events(out);
        event(out, chunk("Within "));
        Thread.sleep(100); // a connection that breaks at once takes what was sent along
      };

  private final List<String> parts = new CopyOnWriteArrayList<>();
  private ScriptedServer server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void anAnswerIsStreamedFromTheConfiguredServer() throws Exception {
    serve(says("Within ", "30 days."));
    var request =
        ChatRequest.builder()
            .messages(UserMessage.from("How long?"))
            .parameters(OpenAiChatRequestParameters.builder().seed(7).build())
            .build();

    var generation = start(model(Map.of()), request);
    var response = generation.response().get(10, SECONDS);

    assertEquals("Within 30 days.", response.aiMessage().text());
    assertEquals(List.of("Within ", "30 days."), parts);
    assertEquals(7, response.tokenUsage().totalTokenCount());
    var sent = server.requests().getFirst();
    assertTrue(sent.head().contains("Authorization: Bearer secret"), sent.head());
    assertTrue(sent.body().contains("\"seed\":7"), sent.body());
    assertTrue(sent.body().contains("\"model\":\"brand-7b\""), sent.body());
    assertEquals(
        Optional.of(new ModelIdentity("brand-7b", "unknown", "none")), generation.speaker());
  }

  @Test
  void anAdapterIsAModelOfItsOwnName() throws Exception {
    serve(says("Sure."));
    var model = model(Map.of("adapter", "warm-voice"));
    start(model, question()).response().get(10, SECONDS);
    var crisp =
        ChatRequest.builder().messages(UserMessage.from("How long?")).modelName("crisp").build();

    var generation = start(model, crisp);
    generation.response().get(10, SECONDS);

    assertTrue(server.requests().getFirst().body().contains("\"model\":\"warm-voice\""));
    assertTrue(server.requests().getLast().body().contains("\"model\":\"crisp\""));
    assertEquals(new ModelIdentity("brand-7b", "unknown", "crisp"), generation.speaker().get());
  }

  @Test
  void aServerThatIsNotReadyIsAskedAgain() throws Exception {
    serve(refuses(503, "{\"error\":{\"message\":\"Loading model\"}}"), says("30 days."));

    assertEquals("30 days.", answer(Map.of()));
    assertEquals(2, server.requests().size());
  }

  @Test
  void aServerThatIsBusyIsLeftAloneForAsLongAsItSays() throws Exception {
    serve(refuses(429, "{}", "Retry-After: 1"), says("30 days."));
    long began = System.nanoTime();

    assertEquals("30 days.", answer(Map.of()));
    assertTrue(System.nanoTime() - began >= 1_000_000_000L, "one second was asked for");
  }

  @Test
  void nobodyWaitsForAServerThatWantsTooMuchTime() {
    serve(refuses(503, "{}", "Retry-After: 60"), says("30 days."));

    assertTrue(failure(Map.of()).contains("is busy"));
    assertEquals(1, server.requests().size());
  }

  @Test
  void whatWasCutBeforeTheFirstWordIsAskedAgain() throws Exception {
    serve(out -> events(out), says("30 days."));

    assertEquals("30 days.", answer(Map.of()));
  }

  @Test
  void whatWasCutAfterTheFirstWordIsAFailureAndNotAskedAgain() {
    serve(CUT_AFTER_A_WORD, says("30 days."));

    assertTrue(failure(Map.of()).contains(server.url()));
    assertEquals(List.of("Within "), parts);
    assertEquals(1, server.requests().size());
  }

  @Test
  void aStreamThatEndsWithoutSayingSoWasCut() {
    serve(out -> {
      events(out);
      event(out, chunk("Within "));
      out.write("0\r\n\r\n".getBytes());
    });

    assertTrue(failure(Map.of()).contains("broke off in the middle"));
  }

  @Test
  void anErrorInTheMiddleOfAStreamIsAFailure() {
    serve(out -> {
      events(out);
      event(out, chunk("Within "));
      event(out, "{\"error\":{\"message\":\"out of memory\"}}");
    });

    assertTrue(failure(Map.of()).contains("out of memory"));
  }

  @ParameterizedTest
  @CsvSource({"first-token-timeout,sent nothing", "total-timeout,sent nothing"})
  void aServerThatDoesNotBeginIsNotWaitedFor(String limit, String said) {
    serve(SILENCE);
    long began = System.nanoTime();

    assertTrue(failure(Map.of(limit, "300MS")).contains(said));
    assertTrue(System.nanoTime() - began < 2_500_000_000L);
    assertEquals(1, server.requests().size());
  }

  @Test
  void aServerThatDoesNotGoOnIsNotWaitedFor() {
    serve(SILENCE_AFTER_A_WORD);

    assertTrue(failure(Map.of("next-token-timeout", "300MS")).contains("sent nothing for 300 ms"));
    assertEquals(List.of("Within "), parts);
  }

  @Test
  void aServerThatDoesNotEndIsNotListenedTo() {
    serve(out -> {
      events(out);
      while (true) {
        event(out, chunk("word "));
        Thread.sleep(20);
      }
    });

    assertTrue(failure(Map.of("total-timeout", "500MS")).contains("sent nothing"));
    assertTrue(parts.size() > 3);
  }

  @Test
  void aServerThatAcceptsNoConnectionsIsNotWaitedFor() throws IOException {
    try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var one = new Socket(full.getInetAddress(), full.getLocalPort());
        var two = new Socket(full.getInetAddress(), full.getLocalPort())) {
      assertTrue(one.isConnected() && two.isConnected(), "and with them its backlog is full");
      var url = "http://127.0.0.1:%d/v1".formatted(full.getLocalPort());
      long began = System.nanoTime();

      var said = failure(Map.of("url", url, "connect-timeout", "300MS", "retries", "0"));

      assertTrue(said.contains("does not accept connections"), said);
      assertTrue(System.nanoTime() - began < 2_500_000_000L);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          401 | {"error":{"message":"Incorrect API key: secret"}}          | check candor.serving.remote.api-key
          403 | no                                                         | refuses the API key
          404 | {"error":{"message":"The model `brand-7b` does not exist."}} | has no model 'brand-7b'
          404 | {"detail":"Not Found"}                                     | end with /v1?
          404 | <html>nginx</html>                                         | end with /v1?
          405 | {}                                                         | end with /v1?
          200 | <html>Welcome</html>                                       | not as OpenAI's API does
          200 | {"models":[]}                                              | not as OpenAI's API does
          400 | {"error":{"message":"prompt is too long"}}                 | prompt is too long
          """)
  void whatIsWrongIsSaidAndNotTriedAgainAndTheKeyIsNotTold(int status, String body, String said) {
    serve(refuses(status, body, "Content-Type: text/html"));

    var failure = failure(Map.of());

    assertTrue(failure.contains(said), failure);
    assertFalse(failure.contains("secret"), failure);
    assertEquals(1, server.requests().size());
  }

  @Test
  void eventsThatAreNotOpenAisAreSaidToBe() {
    for (var data : List.of("hello", "{\"response\":\"hello\"}", "[1]")) {
      serve(out -> {
        events(out);
        event(out, data);
      });
      assertTrue(failure(Map.of()).contains("events that are not OpenAI's"), data);
      server.close();
    }
  }

  @Test
  void tlsThatIsNotThereIsSaid() {
    serve(says("30 days."));

    var said = failure(Map.of("url", server.url().replace("http:", "https:")));

    assertTrue(said.contains("TLS with https://"), said);
  }

  @ParameterizedTest
  @CsvSource({"gpu-1:8000/v1", "ftp://gpu-1/v1", "http://key@gpu-1/v1", "http://", "no url"})
  void anAddressThatIsNoneIsRefusedAtTheStart(String url) {
    var error = assertThrows(IllegalArgumentException.class, () -> new RemoteEndpoint(config(url)));
    assertTrue(error.getMessage().startsWith("candor.serving.remote.url"), error.getMessage());
  }

  @RepeatedTest(30)
  void cancellingClosesTheConnectionBeforeTheFirstWordToo() throws Exception {
    var asked = new CountDownLatch(1);
    var closed = new CountDownLatch(1);
    serve(out -> {
      asked.countDown();
      try {
        events(out);
        while (true) {
          out.write("5\r\n: ok\n\r\n".getBytes());
          Thread.sleep(20);
        }
      } catch (IOException e) {
        closed.countDown();
      }
    });
    var generation = start(model(Map.of()), question());
    assertTrue(asked.await(5, SECONDS));

    generation.cancel();

    assertTrue(closed.await(1, SECONDS));
    assertEquals(List.of(), parts);
  }

  @Test
  void aServerThatFailsAgainAndAgainIsLeftAloneAndThenTried() throws Exception {
    var down = refuses(500, "{}");
    serve(down, down, says("30 days."));
    var settings = Map.of("retries", "0", "failure-threshold", "2", "pause", "400MS");
    var model = model(settings);
    assertEquals(ModelState.READY, model.state());

    failureOf(model);
    failureOf(model);
    assertEquals(ModelState.UNREACHABLE, model.state());
    assertTrue(failureOf(model).contains("not asked"));
    assertEquals(2, server.requests().size());

    Thread.sleep(500);
    assertEquals(
        "30 days.", start(model, question()).response().get(5, SECONDS).aiMessage().text());
    assertEquals(ModelState.READY, model.state());
  }

  @Test
  void aRequestThatIsItsOwnFaultSaysNothingOfTheServer() {
    serve(refuses(400, "{}"));
    var model = model(Map.of("failure-threshold", "1"));

    failureOf(model);

    assertEquals(ModelState.READY, model.state());
  }

  @Test
  void aServerThatIsNotThereAtTheStartIsUnreachableAndTheModelIsReady() {
    serve(says("30 days."));
    server.close();

    var model = model(Map.of());

    assertEquals(ModelState.UNREACHABLE, model.state());
    assertTrue(model.ready().isDone() && !model.ready().isCompletedExceptionally());
    assertEquals("brand-7b", model.identity().base());
  }

  @Test
  void theLocalModelSpeaksForOneThatDoesNotBeginAndIsNamed() throws Exception {
    serve(refuses(500, "{}"));
    var local = new ModelIdentity("local", "unknown", "none");
    var model = remote(Map.of("retries", "0"), Optional.of(new RemoteFallback(new Says(), local)));

    var generation = start(model, question());

    assertEquals("Locally.", generation.response().get(5, SECONDS).aiMessage().text());
    assertEquals(Optional.of(local), generation.speaker());
  }

  @Test
  void nobodyGoesOnWhereTheRemoteModelBrokeOff() {
    serve(CUT_AFTER_A_WORD);
    var local = new ModelIdentity("local", "unknown", "none");
    var model = remote(Map.of(), Optional.of(new RemoteFallback(new Says(), local)));

    var generation = start(model, question());

    assertThrows(ExecutionException.class, () -> generation.response().get(5, SECONDS));
    assertEquals(List.of("Within "), parts);
    assertEquals("brand-7b", generation.speaker().get().base());
  }

  private void serve(Script... scripts) {
    server = new ScriptedServer(scripts);
  }

  private static ChatRequest question() {
    return ChatRequest.builder().messages(UserMessage.from("How long?")).build();
  }

  private Generation start(StreamingChatModel model, ChatRequest request) {
    return Generation.start(model, request, new Parts(parts));
  }

  private String answer(Map<String, String> settings) throws Exception {
    return start(model(settings), question()).response().get(10, SECONDS).aiMessage().text();
  }

  private String failure(Map<String, String> settings) {
    return failureOf(remote(settings, Optional.empty()));
  }

  private String failureOf(StreamingChatModel model) {
    var response = start(model, question()).response();
    var error = assertThrows(ExecutionException.class, () -> response.get(5, SECONDS));
    return error.getCause().getMessage();
  }

  private LanguageModel model(Map<String, String> settings) {
    var model = new LanguageModel(config(settings), new AdapterFiles());
    model.load();
    return model;
  }

  private RemoteChatModel remote(Map<String, String> settings, Optional<RemoteFallback> fallback) {
    return new RemoteChatModel(config(settings).remote(), 64, fallback);
  }

  private static ServingConfig.Remote config(String url) {
    return ServingConfigTest.config(
            Map.of("candor.serving.remote.url", url, "candor.serving.remote.model", "brand-7b"))
        .remote();
  }

  private ServingConfig config(Map<String, String> settings) {
    var all = new HashMap<String, String>();
    all.put("candor.serving.remote.url", server == null ? "" : server.url());
    all.put("candor.serving.remote.model", "brand-7b");
    all.put("candor.serving.remote.api-key", "secret");
    all.put("candor.serving.remote.backoff", "10MS");
    settings.forEach((name, value) -> all.put("candor.serving.remote." + name, value));
    return ServingConfigTest.config(all);
  }

  /** A local model. */
  private record Says() implements StreamingChatModel {
    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
      handler.onPartialResponse("Locally.");
      handler.onCompleteResponse(
          ChatResponse.builder().aiMessage(AiMessage.from("Locally.")).build());
    }
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
