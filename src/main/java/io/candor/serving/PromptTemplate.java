package io.candor.serving;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes a conversation in the form a local model was trained on, by the template its file carries.
 */
final class PromptTemplate {
  private static final String WITHOUT_TEMPLATE = "chatml";

  private final LlamaNative llama;
  private final String template;
  private final Pattern controlText;

  PromptTemplate(LlamaNative llama, LlamaModel model) {
    this.llama = llama;
    template = model.chatTemplate().orElse(WITHOUT_TEMPLATE);
    controlText =
        Pattern.compile(
            model.controlTexts().stream()
                .filter(text -> text.length() > 1)
                .map(Pattern::quote)
                .collect(Collectors.joining("|")));
    render(List.of(UserMessage.from("x"))); // an unknown template is an error of the set-up
  }

  /** The prompt, up to where the model's answer begins. */
  String render(List<ChatMessage> messages) {
    return llama.applyTemplate(template, messages.stream().map(this::turn).toList());
  }

  private LlamaNative.Turn turn(ChatMessage message) {
    return switch (message) {
      case SystemMessage system -> turn("system", system.text());
      case UserMessage user when user.hasSingleText() -> turn("user", user.singleText());
      case AiMessage answer when !answer.hasToolExecutionRequests() ->
          turn("assistant", answer.text());
      default ->
          throw new UnsupportedFeatureException(
              "the local model takes text only, not " + message.type());
    };
  }

  /**
   * A control token written by a customer would end their turn and let them speak as the system.
   */
  private LlamaNative.Turn turn(String role, String text) {
    var inert =
        controlText.pattern().isEmpty()
            ? text
            : controlText
                .matcher(text)
                .replaceAll(
                    found -> found.group().charAt(0) + "\u200b" + found.group().substring(1));
    return new LlamaNative.Turn(role, inert.replace("\0", ""));
  }
}
