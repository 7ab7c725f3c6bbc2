package io.candor.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "history",
    description = "Lists the voices that were set: when, by whose key, which. The latest is first.",
    mixinStandardHelpOptions = true)
final class AdaptersHistoryCommand implements Callable<Integer> {
  @Override
  public Integer call() throws Exception {
    try (var client = new CandorClient(ClientSettings.find())) {
      for (var voice : client.get(AdaptersCommand.VOICE + "/history").path("voices")) {
        var set = voice.path("set");
        System.out.printf(
            "%s  %-8s  %s  (key %s)%n",
            set.path("at").asText(),
            set.path("kind").asText(),
            AdaptersCommand.voice(voice),
            set.path("by").asText("unknown"));
      }
    }
    return 0;
  }
}
