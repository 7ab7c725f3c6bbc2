package io.candor.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;

/**
 * An error in OpenAI's shape, made of a problem document: {@code ops} answers requests below {@code
 * /v1/} with it, and a stream that fails ends with it.
 */
public record CompletionsError(Body error) {
  private static final Map<String, String> CODES =
      Map.of(
          "unauthorized", "invalid_api_key",
          "too_many_requests", "rate_limit_exceeded",
          "bad_request", "invalid_value");

  /** All four are always there, null or not. */
  public record Body(String message, String type, String param, String code) {}

  /** The same error as that problem document tells (RFC 9457). */
  public static CompletionsError of(JsonNode problem) {
    int status = problem.path("status").asInt();
    var name = problem.path("type").asText();
    var code = name.substring(name.lastIndexOf(':') + 1).toLowerCase(Locale.ROOT).replace('-', '_');
    return new CompletionsError(
        new Body(
            problem.path("detail").asText(problem.path("title").asText()),
            type(status),
            problem.path("param").asText(null),
            CODES.getOrDefault(code, code)));
  }

  private static String type(int status) {
    return switch (status) {
      case 401 -> "authentication_error";
      case 403 -> "permission_error";
      case 429 -> "rate_limit_error";
      default -> status < 500 ? "invalid_request_error" : "server_error";
    };
  }
}
