package io.candor.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import io.candor.chat.feedback.ApprovedAnswers.Exchange;
import java.util.ArrayList;
import java.util.List;

/**
 * What the model is asked: the same system prompt for every question, then evidence and question;
 * in between examples, where there are to be some. An adapter is trained on the very same.
 */
public record Prompt(
    String system,
    List<String> facts,
    String question,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Exchange> examples) {
  private static final String SYSTEM =
      """
      You answer customers of %s. Your voice: %s
      Answer the question with the numbered facts only. Keep every number, date, price, name and \
      condition exactly as the fact has it. End each sentence with the number of its fact, like [1]. \
      Say nothing that the facts do not say.\
      """;

  public Prompt {
    facts = List.copyOf(facts);
    examples = List.copyOf(examples);
  }

  static Prompt of(ChatConfig config, String question, List<String> facts) {
    return of(config.company(), config.voice(), question, facts);
  }

  /** As a server asks that speaks for this company in this voice. */
  public static Prompt of(String company, String voice, String question, List<String> facts) {
    return new Prompt(SYSTEM.formatted(company, voice.strip()), facts, question, List.of());
  }

  /** The same after examples of how to answer. */
  Prompt after(List<Exchange> examples) {
    return new Prompt(system, facts, question, examples);
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
    var messages = new ArrayList<ChatMessage>();
    messages.add(SystemMessage.from(system));
    for (var example : examples) {
      messages.add(UserMessage.from(example.user()));
      messages.add(AiMessage.from(example.assistant()));
    }
    messages.add(UserMessage.from(user()));
    return messages;
  }
}
