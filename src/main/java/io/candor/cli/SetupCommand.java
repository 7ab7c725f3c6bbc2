package io.candor.cli;

import io.candor.embedded.CandorHome;
import io.candor.embedded.EmbeddedParts;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "setup",
    description = "Fetches and checks what demo needs; starts nothing.",
    mixinStandardHelpOptions = true)
final class SetupCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    CandorHome home = CandorHome.locate();
    EmbeddedParts.setUp(home, System.out);
    System.out.println("everything is in " + home.root());
    return 0;
  }
}
