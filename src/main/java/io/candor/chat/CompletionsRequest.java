package io.candor.chat;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.BadRequestException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A request as OpenAI's clients send it. What would change the meaning of an answer is refused;
 * what only tunes a model, such as a temperature, is passed over, as are fields not known here.
 *
 * @param messages at least one, the last but for instructions being the user's
 * @param options for the question: as_of, after and locale, as in {@link ChatRequest}
 * @param stream whether the answer comes sentence by sentence
 * @param usage whether the stream ends with the tokens used
 */
record CompletionsRequest(
    String model,
    List<CompletionsMessage> messages,
    JsonNode options,
    boolean stream,
    boolean usage) {
  private static final String MODEL = "candor";

  /** The values at which these change nothing; others are refused. */
  private static final Map<String, Predicate<JsonNode>> HARMLESS =
      Map.ofEntries(
          Map.entry("tools", JsonNode::isEmpty),
          Map.entry("functions", JsonNode::isEmpty),
          Map.entry("tool_choice", value -> value.asText().matches("none|auto")),
          Map.entry("function_call", value -> value.asText().matches("none|auto")),
          Map.entry("n", value -> value.asInt() == 1),
          Map.entry("response_format", value -> value.path("type").asText().equals("text")),
          Map.entry("logprobs", value -> !value.asBoolean()),
          Map.entry("top_logprobs", value -> value.asInt() == 0),
          Map.entry("logit_bias", JsonNode::isEmpty),
          Map.entry("audio", _ -> false),
          Map.entry(
              "modalities", value -> value.size() == 1 && value.path(0).asText().equals("text")),
          Map.entry("stop", value -> value.isArray() && value.isEmpty()),
          Map.entry("web_search_options", _ -> false));

  CompletionsRequest {
    messages = List.copyOf(messages);
  }

  /** The names under which {@code GET /v1/models} lists what answers: one for each voice. */
  static List<String> models() {
    return List.of(MODEL);
  }

  /** The request, checked. */
  static CompletionsRequest of(JsonNode body) {
    if (body == null || !body.isObject()) {
      throw new BadRequestException("the body is a JSON object with 'model' and 'messages'");
    }
    HARMLESS.forEach((param, harmless) -> {
      if (body.hasNonNull(param) && !harmless.test(body.get(param))) {
        throw CompletionsRefusal.unsupported(
            param, "'%s' is not supported: answers are said from the policies".formatted(param));
      }
    });
    return new CompletionsRequest(
        model(body.path("model")),
        CompletionsMessage.of(body.path("messages")),
        body.path("candor"),
        flag(body.path("stream"), "stream"),
        flag(body.path("stream_options").path("include_usage"), "stream_options"));
  }

  private static String model(JsonNode model) {
    if (!model.isTextual()) {
      throw CompletionsRefusal.invalid("model", "'model' is missing: it is '%s'".formatted(MODEL));
    }
    if (!models().contains(model.asText())) {
      throw CompletionsRefusal.unknownModel(model.asText());
    }
    return model.asText();
  }

  private static boolean flag(JsonNode value, String param) {
    if (!value.isBoolean() && !value.isNull() && !value.isMissingNode()) {
      throw CompletionsRefusal.invalid(param, "'%s' is not of its form".formatted(param));
    }
    return value.asBoolean();
  }

  /** What was said, without instructions. */
  private List<CompletionsMessage> said() {
    return messages.stream()
        .filter(message -> message.role() != CompletionsMessage.Role.INSTRUCTIONS)
        .toList();
  }

  /** What was said before the question. */
  List<CompletionsMessage> before() {
    return said().isEmpty() ? List.of() : said().subList(0, said().size() - 1);
  }

  /** The last message, as the pipeline takes it. */
  Question question() {
    if (said().isEmpty() || said().getLast().role() != CompletionsMessage.Role.USER) {
      throw CompletionsRefusal.invalid("messages", "the last message is to be the user's");
    }
    try {
      return new ChatRequest(
              said().getLast().text(), null, option("as_of"), option("after"), option("locale"))
          .question();
    } catch (BadRequestException e) {
      var param = e.getMessage().startsWith("'message'") ? "messages" : "candor";
      throw CompletionsRefusal.invalid(param, e.getMessage());
    }
  }

  private String option(String name) {
    return Optional.of(options.path(name))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .orElse(null);
  }
}
