package io.candor.cli;

/** A command that cannot do its work; the message is one line that says what to do. */
final class CommandFailure extends RuntimeException {
  CommandFailure(String message) {
    super(message);
  }

  CommandFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
