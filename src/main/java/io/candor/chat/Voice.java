package io.candor.chat;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Has the model say the evidence in the brand's voice. */
@ApplicationScoped
class Voice {
  private static final Logger LOG = Logger.getLogger(Voice.class);

  private final StreamingChatModel model;
  private final ChatConfig config;

  Voice(StreamingChatModel model, ChatConfig config) {
    this.model = model;
    this.config = config;
  }

  /**
   * What the model says; empty where it cannot speak now, for the policies speak for themselves.
   */
  Optional<Utterance> say(Prompt prompt) {
    var utterance = new Utterance();
    var parameters =
        ChatRequestParameters.builder()
            .temperature(0.0)
            .maxOutputTokens(config.mostTokens())
            .build();
    try {
      model.chat(
          ChatRequest.builder().messages(prompt.messages()).parameters(parameters).build(),
          utterance);
      return Optional.of(utterance);
    } catch (RuntimeException e) {
      LOG.warnf("the model cannot speak: %s", e.getMessage());
      return Optional.empty();
    }
  }
}
