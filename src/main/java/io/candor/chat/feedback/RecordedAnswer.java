package io.candor.chat.feedback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;

/**
 * An answer as it was recorded, as far as something can be learnt from it.
 *
 * @param question as it was asked, personal data masked
 * @param text what was shown
 * @param prompt what the model was asked; empty where it was asked nothing, or several things
 */
record RecordedAnswer(String conversation, String question, String text, Optional<Asked> prompt) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A prompt: what every one begins with, the facts, the question, and both as the model read it.
   */
  record Asked(String system, List<String> facts, String question, String user) {
    Asked {
      facts = List.copyOf(facts);
    }
  }

  static RecordedAnswer of(String response, String inputs) {
    try {
      var answer = JSON.readTree(response);
      var made = JSON.readTree(inputs);
      var prompts = made.path("spoken").valueStream().map(it -> asked(it.path("prompt"))).toList();
      return new RecordedAnswer(
          answer.path("conversation_id").asText(),
          made.path("question").asText(),
          answer.path("text").asText(),
          prompts.size() == 1 ? Optional.of(prompts.getFirst()) : Optional.empty());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a recorded answer cannot be read", e);
    }
  }

  private static Asked asked(JsonNode prompt) {
    return new Asked(
        prompt.path("system").asText(),
        prompt.path("facts").valueStream().map(JsonNode::asText).toList(),
        prompt.path("question").asText(),
        prompt.path("user").asText());
  }
}
