package io.candor.serving;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.internal.JsonSchemaElementUtils;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import java.util.List;
import java.util.Optional;

/** Writes requests as OpenAI's chat completions API takes them. */
final class RemoteRequest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RemoteRequest() {}

  /** The body of a request for a stream, with the tokens counted at its end. */
  static byte[] body(String model, List<ChatMessage> messages, ChatRequestParameters parameters) {
    var body = JSON.createObjectNode().put("model", model).put("stream", true);
    body.putObject("stream_options").put("include_usage", true);
    var turns = body.putArray("messages");
    messages.stream()
        .map(Turn::of)
        .forEach(turn -> turns.addObject().put("role", turn.role()).put("content", turn.content()));
    body.put("max_tokens", parameters.maxOutputTokens());
    body.put("temperature", parameters.temperature());
    Optional.ofNullable(parameters.topP()).ifPresent(p -> body.put("top_p", p));
    if (parameters instanceof OpenAiChatRequestParameters openAi && openAi.seed() != null) {
      body.put("seed", openAi.seed());
    }
    Optional.ofNullable(parameters.stopSequences())
        .filter(stop -> !stop.isEmpty())
        .ifPresent(stop -> body.set("stop", JSON.valueToTree(stop)));
    format(parameters.responseFormat()).ifPresent(format -> body.set("response_format", format));
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Optional<JsonNode> format(ResponseFormat format) {
    if (format == null || format.type() == ResponseFormatType.TEXT) {
      return Optional.empty();
    }
    if (format.jsonSchema() == null) {
      return Optional.of(JSON.createObjectNode().put("type", "json_object"));
    }
    var schema = JSON.createObjectNode().put("name", format.jsonSchema().name());
    var root = JsonSchemaElementUtils.toMap(format.jsonSchema().rootElement());
    schema.set("schema", JSON.valueToTree(root));
    var json = JSON.createObjectNode().put("type", "json_schema");
    return Optional.of(json.set("json_schema", schema));
  }
}
