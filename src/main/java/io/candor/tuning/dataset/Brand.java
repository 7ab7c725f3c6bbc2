package io.candor.tuning.dataset;

import io.candor.chat.Prompt;
import java.util.List;

/**
 * Whom the model speaks for: what stands in the prompt of every answer, so that an adapter learns
 * from the very words that it will be asked with.
 *
 * @param abstain said where the facts do not answer
 * @param clarify said where the question could mean several of them
 */
public record Brand(String company, String voice, String abstain, String clarify) {
  Example example(String conversation, String question, List<String> facts, String answer) {
    var prompt = Prompt.of(company, voice, question, facts);
    return new Example(
        conversation,
        List.of(
            new Message(Message.SYSTEM, prompt.system()),
            new Message(Message.USER, prompt.user()),
            new Message(Message.ASSISTANT, answer)));
  }
}
