package io.candor.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A message of a conversation that the caller keeps. */
record CompletionsMessage(Role role, String text) {
  /** Whose it is. */
  enum Role {
    USER,
    ASSISTANT,
    /** Instructions, which are heard and not followed: what an answer says is what policies say. */
    INSTRUCTIONS
  }

  /** The messages of a request; a refusal names the one that is wrong. */
  static List<CompletionsMessage> of(JsonNode messages) {
    if (!messages.isArray() || messages.isEmpty()) {
      throw CompletionsRefusal.invalid("messages", "'messages' is missing or empty");
    }
    var all = new ArrayList<CompletionsMessage>();
    for (int i = 0; i < messages.size(); i++) {
      var at = "messages[%d]".formatted(i);
      all.add(
          new CompletionsMessage(
              role(messages.get(i), at), text(messages.get(i).path("content"), at + ".content")));
    }
    return all;
  }

  private static Role role(JsonNode message, String at) {
    if (message.path("tool_calls").size() > 0) {
      throw CompletionsRefusal.unsupported(at + ".tool_calls", "no tools are called here");
    }
    return switch (message.path("role").asText()) {
      case "user" -> Role.USER;
      case "assistant" -> Role.ASSISTANT;
      case "system", "developer" -> Role.INSTRUCTIONS;
      default ->
          throw CompletionsRefusal.invalid(
              at + ".role", "a role is 'user', 'assistant', 'system' or 'developer'");
    };
  }

  /** A string, or parts of text. */
  private static String text(JsonNode content, String at) {
    if (content.isTextual()) {
      return content.asText();
    }
    if (content.isNull() || content.isMissingNode()) {
      return "";
    }
    if (!content.isArray()) {
      throw CompletionsRefusal.invalid(at, "content is a string or an array of parts");
    }
    var parts = new ArrayList<String>();
    for (int i = 0; i < content.size(); i++) {
      var type = content.get(i).path("type").asText();
      if (!type.equals("text") && !type.equals("refusal")) {
        throw CompletionsRefusal.unsupported(
            "%s[%d].type".formatted(at, i), "only text is read, not '%.40s'".formatted(type));
      }
      parts.add(content.get(i).path(type).asText());
    }
    return String.join("\n", parts);
  }
}
