package io.candor.tuning.dataset;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** One message of an {@link Example}, as OpenAI's chat format has it. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Message(String role, String content) {
  public static final String SYSTEM = "system";
  public static final String USER = "user";
  public static final String ASSISTANT = "assistant";

  public Message {
    if (!SYSTEM.equals(role) && !USER.equals(role) && !ASSISTANT.equals(role)) {
      throw new IllegalArgumentException(
          "a role is system, user or assistant, not '%s'".formatted(role));
    }
    if (content == null || content.isBlank()) {
      throw new IllegalArgumentException("a message of the %s has no content".formatted(role));
    }
  }
}
