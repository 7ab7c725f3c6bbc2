package io.candor;

import io.candor.cli.CandorCommand;
import io.quarkus.runtime.annotations.QuarkusMain;

/** The jar's entry point: every command starts here, and only some of them start Quarkus. */
@QuarkusMain
public final class Main {
  private Main() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] args) {
    System.exit(CandorCommand.run(args));
  }
}
