package io.candor.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonReferenceSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.output.FinishReason;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConstrainedOutputTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MARKERS = "root ::= ( [^\\[] | \"[\" [12] \"]\" )*";

  /** What the grammar forbids; a marker may be cut off by the limit. */
  private static final Pattern BRACKET = Pattern.compile("\\[(?!\\z|[12](]|\\z))");

  private static final String FACTS =
      """
      Facts:
      [1] Returns are accepted within 30 days of delivery if the item is unused.
      [2] Gift cards cannot be returned, but they never expire.

      Question: can I return a gift card? End each sentence with the number of its fact, like [1], [4] or [7].\
      """;

  private static LlamaChatModel model;

  @BeforeAll
  static void load() {
    model = new LlamaChatModel(LocalModel.settings(4, 1024, 64, 16));
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void whateverIsSampledFitsTheSchema() throws Exception {
    var schema =
        JsonObjectSchema.builder()
            .addEnumProperty("outcome", List.of("answered", "not \"found\""))
            .addIntegerProperty("days")
            .addBooleanProperty("gift card")
            .addProperty("fact", new JsonIntegerSchema())
            .required("outcome", "days", "gift card")
            .build();
    for (int seed = 0; seed < 12; seed++) {
      var response = model.chat(json(schema, seed));

      assertEquals(FinishReason.STOP, response.finishReason());
      var parsed = parsed(response);
      assertTrue(List.of("answered", "not \"found\"").contains(parsed.path("outcome").asText()));
      assertTrue(parsed.path("days").isIntegralNumber(), parsed.toString());
      assertTrue(parsed.path("gift card").isBoolean(), parsed.toString());
      assertTrue(parsed.size() == 3 || parsed.path("fact").isIntegralNumber(), parsed.toString());
    }
  }

  @Test
  void schemasNestAndReferToThemselves() throws Exception {
    var node =
        JsonObjectSchema.builder()
            .addProperty("kind", JsonEnumSchema.builder().enumValues("a", "b").build())
            .addProperty("next", JsonReferenceSchema.builder().reference("node").build())
            .required("kind")
            .build();
    var list = JsonArraySchema.builder().items(new JsonIntegerSchema()).build();
    var schema =
        JsonObjectSchema.builder()
            .addProperty("first", JsonReferenceSchema.builder().reference("node").build())
            .addProperty("list", list)
            .required("first", "list")
            .definitions(Map.of("node", node))
            .build();
    int whole = 0;
    for (int seed = 0; seed < 6; seed++) {
      var response = model.chat(json(schema, seed));
      if (response.finishReason() == FinishReason.STOP) {
        var parsed = parsed(response);
        assertTrue(parsed.path("first").path("kind").asText().matches("[ab]"), parsed.toString());
        assertTrue(parsed.path("list").isArray(), parsed.toString());
        whole++;
      }
    }
    assertTrue(whole > 0, "each was cut off by its limit");
  }

  @Test
  void withoutASchemaAnyObjectIsSaid() throws Exception {
    var parameters =
        OpenAiChatRequestParameters.builder()
            .responseFormat(ResponseFormat.JSON)
            .maxOutputTokens(200)
            .build();
    var response = model.chat(request("Name a colour as JSON.", parameters));

    assertTrue(response.aiMessage().text().startsWith("{"), response.toString());
    if (response.finishReason() == FinishReason.STOP) {
      assertTrue(parsed(response).isObject());
    }
  }

  @Test
  void onlyMarkersThatTheGrammarAllowsAreSaid() {
    var list = "Write on: [1] one [2] two [3] three [4] four [5] five [6] six";
    var free = IntStream.range(0, 8).mapToObj(seed -> said(list, seed, Map.of())).toList();
    var grammar = Map.<String, Object>of(LlamaChatModel.GRAMMAR, MARKERS);
    var held = IntStream.range(0, 8).mapToObj(seed -> said(list, seed, grammar)).toList();

    assertTrue(free.stream().anyMatch(text -> BRACKET.matcher(text).find()), free.toString());
    for (var text : held) {
      assertTrue(!BRACKET.matcher(text).find(), text);
    }
  }

  @Test
  void aTextThatFitsIsTheSameWithAndWithoutAGrammar() {
    for (int seed = 0; seed < 6; seed++) {
      var free = sampled(seed, Map.of());
      if (!BRACKET.matcher(free).find()) {
        assertEquals(free, held(seed));
      }
    }
  }

  @Test
  void theSameSeedGivesTheSameTextAloneAndAmongOthersWithDraftsAndWithout() {
    List<String> alone;
    try (var other = new LlamaChatModel(LocalModel.settings(4, 1024).alone())) {
      alone =
          IntStream.range(0, 8)
              .mapToObj(seed -> other.chat(marked(seed)).aiMessage().text())
              .toList();
    }
    var together =
        IntStream.range(0, 8)
            .mapToObj(seed -> CompletableFuture.supplyAsync(() -> held(seed)))
            .toList();

    assertEquals(alone, together.stream().map(CompletableFuture::join).toList());
  }

  @Test
  void aGrammarThatCannotBeReadIsRefusedAndHarmsNobody() {
    for (var grammar : List.of("root ::= (", " ", "start ::= \"a\"", "root ::= root \"a\"")) {
      var parameters =
          OpenAiChatRequestParameters.builder()
              .customParameters(Map.of(LlamaChatModel.GRAMMAR, grammar))
              .build();

      assertThrows(
          InvalidRequestException.class, () -> model.chat(request("Hello", parameters)), grammar);
    }
    assertTrue(!held(1).isBlank());
  }

  @Test
  void aSchemaOfAnotherKindIsRefused() {
    var raw = JsonRawSchema.builder().schema("{\"type\": \"object\"}").build();

    assertThrows(UnsupportedFeatureException.class, () -> model.chat(json(raw, 0)));
  }

  private static String held(int seed) {
    return model.chat(marked(seed)).aiMessage().text();
  }

  private static ChatRequest marked(int seed) {
    return sampling(FACTS, seed, Map.of(LlamaChatModel.GRAMMAR, MARKERS));
  }

  private static String sampled(int seed, Map<String, Object> custom) {
    return said(FACTS, seed, custom);
  }

  private static String said(String prompt, int seed, Map<String, Object> custom) {
    return model.chat(sampling(prompt, seed, custom)).aiMessage().text();
  }

  private static ChatRequest sampling(String prompt, int seed, Map<String, Object> custom) {
    return request(
        prompt,
        OpenAiChatRequestParameters.builder()
            .temperature(.7)
            .seed(seed)
            .maxOutputTokens(40)
            .customParameters(custom)
            .build());
  }

  private static ChatRequest json(JsonSchemaElement schema, int seed) {
    var format =
        ResponseFormat.builder()
            .type(ResponseFormatType.JSON)
            .jsonSchema(JsonSchema.builder().name("reply").rootElement(schema).build())
            .build();
    return request(
        "Within how many days can I return a gift card? Answer in JSON.",
        OpenAiChatRequestParameters.builder()
            .temperature(1.0)
            .seed(seed)
            .maxOutputTokens(160)
            .responseFormat(format)
            .build());
  }

  private static ChatRequest request(String text, OpenAiChatRequestParameters parameters) {
    return ChatRequest.builder().messages(UserMessage.from(text)).parameters(parameters).build();
  }

  private static JsonNode parsed(ChatResponse response) throws Exception {
    return JSON.readTree(response.aiMessage().text());
  }
}
