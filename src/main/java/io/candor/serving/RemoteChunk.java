package io.candor.serving;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.Optional;

/**
 * A {@code chat.completion.chunk} of OpenAI's API.
 *
 * @param text that is added to the answer, possibly none
 * @param thinks whether the model reasons aloud: it has begun, but not to answer
 * @param finish why the answer ended, in the last chunk
 * @param usage the tokens counted, in a chunk after the last
 */
record RemoteChunk(
    String text, boolean thinks, Optional<FinishReason> finish, Optional<TokenUsage> usage) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads an event's data.
   *
   * @throws RemoteFailure if it is an error, or nothing that OpenAI's API would send
   */
  static RemoteChunk of(String data, String url) {
    var json = parse(data, url);
    if (json.hasNonNull("error")) {
      throw RemoteFailure.passing(
          "%s stopped with an error (%s)".formatted(url, RemoteFailure.reason(data)));
    }
    if (!json.path("choices").isArray()) {
      throw foreign(url);
    }
    var choice = json.path("choices").path(0);
    var delta = choice.path("delta");
    return new RemoteChunk(
        delta.path("content").asText("").replace("\0", ""),
        delta.hasNonNull("reasoning_content") || delta.hasNonNull("reasoning"),
        Optional.ofNullable(choice.path("finish_reason").asText(null)).map(RemoteChunk::finish),
        Optional.of(json.path("usage")).filter(JsonNode::isObject).map(RemoteChunk::usage));
  }

  private static JsonNode parse(String data, String url) {
    try {
      return JSON.readTree(data);
    } catch (JsonProcessingException e) {
      throw foreign(url);
    }
  }

  private static RemoteFailure foreign(String url) {
    return RemoteFailure.lasting(
        url + " sends events that are not OpenAI's: is it an OpenAI-compatible API?");
  }

  private static FinishReason finish(String reason) {
    return switch (reason) {
      case "stop" -> FinishReason.STOP;
      case "length" -> FinishReason.LENGTH;
      case "content_filter" -> FinishReason.CONTENT_FILTER;
      default -> FinishReason.OTHER;
    };
  }

  private static TokenUsage usage(JsonNode usage) {
    return new TokenUsage(
        usage.path("prompt_tokens").asInt(), usage.path("completion_tokens").asInt());
  }

  /** Whether the model has begun to answer. */
  boolean begins() {
    return thinks || !text.isEmpty();
  }
}
