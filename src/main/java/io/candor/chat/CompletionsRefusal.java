package io.candor.chat;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response.Status;

/**
 * A request for a completion that is not served; {@code ops} renders it as OpenAI's clients expect.
 */
public final class CompletionsRefusal extends WebApplicationException {
  private static final long serialVersionUID = 1L;

  private final String param;
  private final String code;

  private CompletionsRefusal(Status status, String param, String code, String message) {
    super(message, status);
    this.param = param;
    this.code = code;
  }

  static CompletionsRefusal invalid(String param, String message) {
    return new CompletionsRefusal(Status.BAD_REQUEST, param, "invalid_value", message);
  }

  /** What would change the answer's meaning if it were passed over. */
  static CompletionsRefusal unsupported(String param, String message) {
    return new CompletionsRefusal(Status.BAD_REQUEST, param, "unsupported_parameter", message);
  }

  static CompletionsRefusal unknownModel(String model) {
    return new CompletionsRefusal(
        Status.NOT_FOUND,
        "model",
        "model_not_found",
        "the model '%.100s' does not exist: GET /v1/models lists those that do".formatted(model));
  }

  /** The part of the request that is wrong, as OpenAI's documentation names it. */
  public String param() {
    return param;
  }

  /** What is wrong with it, in OpenAI's terms. */
  public String code() {
    return code;
  }
}
