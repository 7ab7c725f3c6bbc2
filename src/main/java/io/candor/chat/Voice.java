package io.candor.chat;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import jakarta.enterprise.context.ApplicationScoped;

/** Has the model say the evidence in the brand's voice. */
@ApplicationScoped
class Voice {
  private final StreamingChatModel model;
  private final ChatConfig config;

  Voice(StreamingChatModel model, ChatConfig config) {
    this.model = model;
    this.config = config;
  }

  /** What the model says; nothing where it cannot speak now, for the policies speak for themselves. */
  Utterance say(Prompt prompt) {
    var parameters =
        OpenAiChatRequestParameters.builder()
            .temperature(0.0)
            .seed(config.seed())
            .maxOutputTokens(config.mostTokens())
            .build();
    return new Utterance(
        model,
        ChatRequest.builder().messages(prompt.messages()).parameters(parameters).build());
  }
}
