package io.candor.chat;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import io.candor.chat.feedback.ApprovedAnswers;
import io.candor.chat.feedback.ApprovedAnswers.Exchange;
import io.candor.serving.AdapterSet;
import io.candor.serving.LlamaChatModel;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Has the model say the evidence in the brand's voice. */
@ApplicationScoped
class Voice {
  private static final int MOST_EXAMPLES = 3;

  private final StreamingChatModel model;
  private final ChatConfig config;
  private final SaidBefore saidBefore;
  private final Examples examples;

  /** Where examples of answers come from. */
  interface Examples {
    List<Exchange> near(UUID tenant, String question, int most);
  }

  @Inject
  Voice(StreamingChatModel model, ChatConfig config, ApprovedAnswers approved) {
    this(model, config, approved::near);
  }

  Voice(StreamingChatModel model, ChatConfig config, Examples examples) {
    if (config.examples() < 0 || config.examples() > MOST_EXAMPLES) {
      throw new IllegalArgumentException(
          "candor.chat.examples is 0 to %d, not %d".formatted(MOST_EXAMPLES, config.examples()));
    }
    this.model = model;
    this.config = config;
    this.examples = examples;
    this.saidBefore = new SaidBefore(config.rememberedAnswers());
  }

  /** What the model is asked, after as many examples as are configured. */
  Prompt prompt(UUID tenant, String question, List<String> facts) {
    return Prompt.of(config, question, facts)
        .after(examples.near(tenant, question, config.examples()));
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
