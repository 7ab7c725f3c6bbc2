package io.candor.cli;

import io.candor.embedded.CandorHome;
import io.candor.embedded.SetupFailure;
import io.candor.tuning.dataset.InvalidSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/** Tells an operator in one line what went wrong; the stack trace goes to a log. */
final class Failures {
  private Failures() {}

  /** Prints the line and returns the exit code. */
  static int report(Throwable failure) {
    Path log = CandorHome.locate().run().resolve("candor.log");
    String where = keep(failure, log) ? " (details in %s)".formatted(log) : "";
    System.err.println("candor: " + line(failure) + (isExpected(failure) ? "" : where));
    return 1;
  }

  private static boolean isExpected(Throwable failure) {
    return failure instanceof CommandFailure
        || failure instanceof CandorClient.Refusal
        || failure instanceof SetupFailure
        || failure instanceof InvalidSource
        || failure instanceof IllegalArgumentException;
  }

  /** What is printed. */
  static String line(Throwable failure) {
    Throwable cause = failure;
    while (!isExpected(cause) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message =
        switch (cause) {
          // Of these, the message is the file alone, and the type says what is wrong with it.
          case NoSuchFileException e when e.getReason() == null ->
              "there is no file " + e.getFile();
          case FileAlreadyExistsException e when e.getReason() == null ->
              "there is %s already: choose another place".formatted(e.getFile());
          case AccessDeniedException e when e.getReason() == null ->
              "no permission for " + e.getFile();
          case Throwable e when e.getMessage() == null -> e.toString();
          default -> cause.getMessage();
        };
    return message.lines().findFirst().orElse(cause.getClass().getSimpleName());
  }

  private static boolean keep(Throwable failure, Path log) {
    try {
      Files.createDirectories(log.getParent());
      try (var writer =
          new PrintWriter(
              Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND))) {
        writer.println(Instant.now());
        failure.printStackTrace(writer);
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
