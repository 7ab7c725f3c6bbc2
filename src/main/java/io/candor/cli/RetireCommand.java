package io.candor.cli;

import io.candor.knowledge.Token;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "retire",
    description = "Ends documents, through the policies topic.",
    mixinStandardHelpOptions = true)
final class RetireCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "KEY", description = "document keys")
  private List<String> keys;

  @Option(
      names = "--valid-until",
      paramLabel = "TIME",
      description = "when they end, such as 2026-12-31T00:00:00Z (default: now)")
  private Instant validUntil;

  @Mixin private WaitOption waiting;

  @Mixin private KafkaOption kafka;

  @Override
  public Integer call() throws Exception {
    ClientSettings settings = ClientSettings.find();
    try (PolicyTopic topic = PolicyTopic.of(settings, kafka.connection(settings))) {
      Map<String, CompletableFuture<Token.Offset>> sent = new LinkedHashMap<>();
      for (String key : keys) {
        sent.put(key, topic.retire(key, validUntil));
      }
      waiting.report(settings, "retired", sent);
    }
    return 0;
  }
}
