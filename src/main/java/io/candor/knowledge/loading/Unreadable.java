package io.candor.knowledge.loading;

/** Ends the reading of a file; the message is the reason that its owner is told. */
final class Unreadable extends RuntimeException {
  Unreadable(String reason) {
    super(reason);
  }

  Unreadable(String reason, Throwable cause) {
    super(reason, cause);
  }
}
