package io.candor.embedded;

import java.io.PrintStream;

/**
 * Fetches the parts that need nothing but the JDK. The launcher runs this file from source while
 * Maven builds the rest, so that a first start waits for the network and the compiler at once.
 */
public final class Fetch {
  private Fetch() {}

  /** Exits with 1 and one line on what an operator can put right. */
  public static void main(String[] args) {
    PrintStream out = System.out;
    try {
      new Parts(CandorHome.locate()).fetch(out);
    } catch (SetupFailure e) {
      System.err.println("candor: " + e.getMessage());
      System.exit(1);
    }
  }
}
