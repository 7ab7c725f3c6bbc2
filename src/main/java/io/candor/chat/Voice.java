package io.candor.chat;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import io.candor.serving.AdapterSet;
import io.candor.serving.LlamaChatModel;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;

/** Has the model say the evidence in the brand's voice. */
@ApplicationScoped
class Voice {
  private final StreamingChatModel model;
  private final ChatConfig config;
  private final SaidBefore saidBefore;

  Voice(StreamingChatModel model, ChatConfig config) {
    this.model = model;
    this.config = config;
    this.saidBefore = new SaidBefore(config.rememberedAnswers());
  }

  /**
   * What the model says, or said to the same before; nothing where it cannot speak now, for the
   * policies speak for themselves.
   */
  Utterance say(SaidBefore.Audience audience, Prompt prompt) {
    return saidBefore
        .to(audience, prompt)
        .map(Utterance::again)
        .orElseGet(() ->
            Utterance.of(
                model,
                request(audience.tenant(), prompt),
                audience.voice(),
                prompt,
                said -> saidBefore.remember(audience, said)));
  }

  /** What the model says now with these adapters, which is not remembered. */
  Utterance say(UUID tenant, AdapterSet adapters, Prompt prompt) {
    return Utterance.of(model, request(tenant, prompt), adapters, prompt, _ -> {});
  }

  /** The tenant is named so that the model is shared fairly among them. */
  private ChatRequest request(UUID tenant, Prompt prompt) {
    var parameters =
        OpenAiChatRequestParameters.builder()
            .temperature(0.0)
            .seed(config.seed())
            .user(tenant.toString())
            .maxOutputTokens(config.mostTokens())
            .customParameters(Map.of(LlamaChatModel.GRAMMAR, Markers.grammar(prompt.facts())))
            .build();
    return ChatRequest.builder().messages(prompt.messages()).parameters(parameters).build();
  }
}
