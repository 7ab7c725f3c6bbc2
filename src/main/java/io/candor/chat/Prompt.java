package io.candor.chat;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.List;

/**
 * What the model is asked: the same system prompt for every question, then evidence and question.
 * An adapter is trained on the very same.
 */
public record Prompt(String system, List<String> facts, String question) {
  private static final String SYSTEM =
      """
      You answer customers of %s. Your voice: %s
      Answer the question with the numbered facts only. Keep every number, date, price, name and \
      condition exactly as the fact has it. End each sentence with the number of its fact, like [1]. \
      Say nothing that the facts do not say.\
      """;

  public Prompt {
    facts = List.copyOf(facts);
  }

  static Prompt of(ChatConfig config, String question, List<String> facts) {
    return of(config.company(), config.voice(), question, facts);
  }

  /** As a server asks that speaks for this company in this voice. */
  public static Prompt of(String company, String voice, String question, List<String> facts) {
    return new Prompt(SYSTEM.formatted(company, voice.strip()), facts, question);
  }

  /** Recorded as the model reads it. */
  @JsonProperty
  public String user() {
    var user = new StringBuilder("Facts:\n");
    for (int i = 0; i < facts.size(); i++) {
      user.append('[').append(i + 1).append("] ").append(facts.get(i)).append('\n');
    }
    return user.append("\nQuestion: ").append(question).toString();
  }

  List<ChatMessage> messages() {
    return List.of(SystemMessage.from(system), UserMessage.from(user()));
  }
}
