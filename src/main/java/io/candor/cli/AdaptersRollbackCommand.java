package io.candor.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "rollback",
    description = "Goes back to the voice before this one, and one further back each time.",
    mixinStandardHelpOptions = true)
final class AdaptersRollbackCommand implements Callable<Integer> {
  @Override
  public Integer call() throws Exception {
    try (var client = new CandorClient(ClientSettings.find())) {
      var voice = client.send("POST", AdaptersCommand.VOICE + "/rollback", null);
      System.out.println(AdaptersCommand.voice(voice));
    }
    return 0;
  }
}
