package io.candor.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "promote",
    description = {
      "Has conversations that begin from now on hear an adapter: all of them, or a share.",
      "A conversation keeps the voice that it began with."
    },
    mixinStandardHelpOptions = true)
final class AdaptersPromoteCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "ADAPTER[=SCALE]", description = "what passed the gate")
  private List<String> adapters;

  @Option(
      names = "--canary",
      paramLabel = "SHARE",
      description =
          "only so much of the conversations, such as 0.1; the others hear what they do now")
  private Double share;

  @Option(names = "--force", description = "even if it did not pass the gate")
  private boolean force;

  @Override
  public Integer call() throws Exception {
    var uses = AdapterUse.all(adapters);
    try (var client = new CandorClient(ClientSettings.find())) {
      var body = DocumentFile.JSON.createObjectNode().put("force", force);
      if (share == null) {
        body.set("adapters", AdapterUse.json(uses));
      } else {
        var now = AdapterUse.read(client.get(AdaptersCommand.VOICE).path("adapters"));
        body.set("adapters", AdapterUse.json(now));
        body.putObject("canary").put("share", share).set("adapters", AdapterUse.json(uses));
      }
      System.out.println(AdaptersCommand.voice(client.send("PUT", AdaptersCommand.VOICE, body)));
    }
    return 0;
  }
}
