package io.candor.tuning.dataset;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.candor.chat.Prompt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Whom the model speaks for: what stands in the prompt of every answer, so that an adapter learns
 * from the very words that it will be asked with.
 *
 * @param abstain said where the facts do not answer
 * @param clarify said where the question could mean several of them
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Brand(
    @JsonProperty("name") String company, String voice, String abstain, String clarify) {
  public Brand {
    if (company == null || voice == null || abstain == null || clarify == null) {
      throw new IllegalArgumentException("a brand has name, voice, abstain and clarify");
    }
  }

  /** From YAML as the demo company's. */
  public static Brand read(Path file) throws IOException {
    try {
      return new YAMLMapper().readValue(file.toFile(), Brand.class);
    } catch (JsonProcessingException e) {
      throw InvalidSource.of(file, e);
    }
  }

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
