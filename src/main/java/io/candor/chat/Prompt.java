package io.candor.chat;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.List;

/**
 * What the model is asked: the same system prompt for every question, then evidence and question.
 */
record Prompt(String system, String user) {
  private static final String SYSTEM =
      """
      You answer customers of %s. Your voice: %s
      Answer the question with the numbered facts only. Keep every number, date, price, name and \
      condition exactly as the fact has it. End each sentence with the number of its fact, like [1]. \
      Say nothing that the facts do not say.\
      """;

  static Prompt of(ChatConfig config, String question, List<String> facts) {
    var user = new StringBuilder("Facts:\n");
    for (int i = 0; i < facts.size(); i++) {
      user.append('[').append(i + 1).append("] ").append(facts.get(i)).append('\n');
    }
    user.append("\nQuestion: ").append(question);
    return new Prompt(system(config), user.toString());
  }

  static String system(ChatConfig config) {
    return SYSTEM.formatted(config.company(), config.voice().strip());
  }

  List<ChatMessage> messages() {
    return List.of(SystemMessage.from(system), UserMessage.from(user));
  }
}
