package io.candor.serving;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.output.FinishReason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The remote model against llama.cpp's own OpenAI-compatible server. */
class ModelServerTest {
  private static ModelServer server;

  @BeforeAll
  static void start() {
    server = ModelServer.start();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void itAnswersWordByWordAndCountsItsTokens() throws Exception {
    var model = model(Map.of());
    assertEquals(ModelState.READY, model.state());
    assertEquals("brand", model.identity().base());
    var words = new CopyOnWriteArrayList<String>();

    var response = ask(model, words, 12).response().get(60, SECONDS);

    assertTrue(words.size() > 2, words::toString);
    assertEquals(String.join("", words), response.aiMessage().text());
    assertTrue(response.tokenUsage().outputTokenCount() <= 12);
    assertTrue(response.tokenUsage().inputTokenCount() > 10);
  }

  @Test
  void theSameSeedSaysTheSame() throws Exception {
    var model = model(Map.of());
    var first = ask(model, new CopyOnWriteArrayList<>(), 8).response().get(60, SECONDS);
    var second = ask(model, new CopyOnWriteArrayList<>(), 8).response().get(60, SECONDS);

    assertEquals(first.aiMessage().text(), second.aiMessage().text());
    assertEquals(FinishReason.LENGTH, first.finishReason());
  }

  @Test
  void itSaysJsonThatFitsTheSchema() throws Exception {
    var schema =
        JsonObjectSchema.builder()
            .addEnumProperty("outcome", List.of("found", "missing"))
            .required("outcome")
            .additionalProperties(false)
            .build();
    var format =
        ResponseFormat.builder()
            .type(ResponseFormatType.JSON)
            .jsonSchema(JsonSchema.builder().name("reply").rootElement(schema).build())
            .build();
    var request =
        ChatRequest.builder()
            .messages(UserMessage.from("Where is my parcel?"))
            .parameters(
                OpenAiChatRequestParameters.builder()
                    .responseFormat(format)
                    .maxOutputTokens(60)
                    .build())
            .build();

    var generation =
        Generation.start(model(Map.of()), request, new Words(new CopyOnWriteArrayList<>()));

    var text = generation.response().get(60, SECONDS).aiMessage().text();
    var outcome = new ObjectMapper().readTree(text).path("outcome").asText();
    assertTrue(List.of("found", "missing").contains(outcome), text);
  }

  @Test
  void itAnswersOthersAfterMoreWereCancelledThanItHasSlots() throws Exception {
    var model = model(Map.of());
    for (int i = 0; i < 4; i++) {
      var words = new CopyOnWriteArrayList<String>();
      var generation = ask(model, words, 1_000);
      await().until(() -> !words.isEmpty());
      generation.cancel();
    }

    var response = ask(model, new CopyOnWriteArrayList<>(), 8).response().get(60, SECONDS);

    assertFalse(response.aiMessage().text().isBlank());
  }

  @Test
  void aWrongKeyAModelThatIsNotListedAndAWrongAddressAreSaid() {
    assertTrue(trouble(Map.of("api-key", "wrong")).contains("refuses the API key"));
    assertTrue(
        trouble(Map.of("model", "llama-70b")).contains("has no model 'llama-70b', only [brand]"));
    var elsewhere = server.url().replace("/v1", "/api/v2");
    assertTrue(trouble(Map.of("url", elsewhere)).contains("end with /v1?"));
  }

  private static String trouble(Map<String, String> settings) {
    var remote = config(settings).remote();
    return assertThrows(RemoteFailure.class, () -> new RemoteEndpoint(remote).check()).getMessage();
  }

  private static Generation ask(LanguageModel model, List<String> words, int tokens) {
    var request =
        ChatRequest.builder()
            .messages(
                SystemMessage.from("You are a helpful shop assistant."),
                UserMessage.from("Tell me a long story about a tent and the sea."))
            .parameters(
                OpenAiChatRequestParameters.builder().seed(7).maxOutputTokens(tokens).build())
            .build();
    return Generation.start(model, request, new Words(words));
  }

  private static LanguageModel model(Map<String, String> settings) {
    var model = new LanguageModel(config(settings), new AdapterFiles());
    model.load();
    return model;
  }

  private static ServingConfig config(Map<String, String> settings) {
    var all = new HashMap<String, String>();
    all.put("candor.serving.remote.url", server.url());
    all.put("candor.serving.remote.model", "brand");
    all.put("candor.serving.remote.api-key", "secret");
    // two cores, shared with the other tests
    all.put("candor.serving.remote.first-token-timeout", "30S");
    all.put("candor.serving.remote.next-token-timeout", "30S");
    settings.forEach((name, value) -> all.put("candor.serving.remote." + name, value));
    return ServingConfigTest.config(all);
  }

  private record Words(List<String> words) implements StreamingChatResponseHandler {
    @Override
    public void onPartialResponse(String word) {
      words.add(word);
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {}

    @Override
    public void onError(Throwable error) {}
  }
}
