package io.candor.serving;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
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
    messages.forEach(message -> turns.add(turn(message)));
    body.put("max_tokens", parameters.maxOutputTokens());
    body.put("temperature", parameters.temperature());
    Optional.ofNullable(parameters.topP()).ifPresent(p -> body.put("top_p", p));
    if (parameters instanceof OpenAiChatRequestParameters openAi && openAi.seed() != null) {
      body.put("seed", openAi.seed());
    }
    Optional.ofNullable(parameters.stopSequences())
        .filter(stop -> !stop.isEmpty())
        .ifPresent(stop -> body.set("stop", JSON.valueToTree(stop)));
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ObjectNode turn(ChatMessage message) {
    return switch (message) {
      case SystemMessage system -> turn("system", system.text());
      case UserMessage user when user.hasSingleText() -> turn("user", user.singleText());
      case AiMessage answer when !answer.hasToolExecutionRequests() ->
          turn("assistant", answer.text());
      default ->
          throw new UnsupportedFeatureException(
              "the remote model is sent text only, not " + message.type());
    };
  }

  private static ObjectNode turn(String role, String text) {
    return JSON.createObjectNode().put("role", role).put("content", text);
  }
}
