package io.candor.embedded;

/** Something an operator can put right; the message is one line that says what to do. */
public final class SetupFailure extends RuntimeException {
  public SetupFailure(String message) {
    super(message);
  }

  public SetupFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
