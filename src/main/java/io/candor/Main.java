package io.candor;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** The jar's entry point. */
@QuarkusMain
public final class Main {
  private Main() {}

  /** Starts the server. */
  public static void main(String[] args) {
    Quarkus.run(args);
  }
}
