package io.candor.serving;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;

/** A turn of a conversation as chat templates and OpenAI's protocol know it. */
record Turn(String role, String content) {
  /**
   * The turn of a message.
   *
   * @throws UnsupportedFeatureException if it holds more than text
   */
  static Turn of(ChatMessage message) {
    return switch (message) {
      case SystemMessage system -> new Turn("system", system.text());
      case UserMessage user when user.hasSingleText() -> new Turn("user", user.singleText());
      case AiMessage answer when !answer.hasToolExecutionRequests() ->
          new Turn("assistant", answer.text());
      default ->
          throw new UnsupportedFeatureException(
              "the model is sent text only, not " + message.type());
    };
  }
}
