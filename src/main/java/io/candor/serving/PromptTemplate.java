package io.candor.serving;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
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
    return llama.applyTemplate(template, messages.stream().map(Turn::of).map(this::inert).toList());
  }

  /** What follows an answer: the end of the model's turn. */
  String afterAnswer() {
    var answer = "an answer";
    var turns = List.of(new Turn("user", "a question"), new Turn("assistant", answer));
    var text = llama.applyTemplate(template, turns, false);
    return text.substring(text.lastIndexOf(answer) + answer.length());
  }

  /**
   * A control token written by a customer would end their turn and let them speak as the system.
   */
  private Turn inert(Turn turn) {
    var inert =
        controlText.pattern().isEmpty()
            ? turn.content()
            : controlText
                .matcher(turn.content())
                .replaceAll(
                    found -> found.group().charAt(0) + "\u200b" + found.group().substring(1));
    return new Turn(turn.role(), inert.replace("\0", ""));
  }
}
