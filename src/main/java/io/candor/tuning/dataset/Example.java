package io.candor.tuning.dataset;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * What a model learns one answer from: the messages that the chat would send, then the answer in
 * the brand's voice, each sentence of it ending with the number of its fact.
 *
 * @param conversation where it is from; examples of one are never both learnt from and validated on
 * @param messages the last one is the assistant's; the loss is on it alone
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Example(String conversation, List<Message> messages) {
  public Example {
    if (messages == null || messages.size() < 2) {
      throw new IllegalArgumentException("an example has at least a question and its answer");
    }
    messages = List.copyOf(messages);
    if (!messages.getLast().role().equals(Message.ASSISTANT)) {
      throw new IllegalArgumentException("an example ends with the assistant's answer");
    }
    if (messages.stream().noneMatch(message -> message.role().equals(Message.USER))) {
      throw new IllegalArgumentException("an example has a user's message");
    }
    conversation = conversation == null ? "" : conversation.strip();
  }

  /** What is learnt. */
  public String answer() {
    return messages.getLast().content();
  }

  /** What it is learnt after. */
  public List<Message> prompt() {
    return messages.subList(0, messages.size() - 1);
  }
}
