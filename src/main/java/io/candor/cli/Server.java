package io.candor.cli;

import io.quarkus.runtime.Quarkus;

/** Runs the Quarkus application in this JVM until it is told to stop. */
final class Server {
  private Server() {}

  /**
   * Blocks until the server ends and then ends the JVM.
   *
   * @param demo whether to load the demo company once the server is up
   * @param afterwards what to stop after the server
   */
  static void run(boolean demo, Runnable afterwards) {
    Quarkus.run(
        demo ? DemoApplication.class : null,
        (code, failure) -> {
          int exit = failure == null ? code : Failures.report(failure);
          afterwards.run();
          System.exit(exit);
        });
  }
}
