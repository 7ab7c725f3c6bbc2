package io.candor.cli;

import io.candor.knowledge.Token;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Option;

/** What the commands that put events on the topic say about them, and whether they wait. */
final class WaitOption {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Option(
      names = "--wait",
      description = "return when the next answer will reflect it, and say how long it took")
  private boolean wait;

  void report(
      ClientSettings settings, String done, Map<String, CompletableFuture<Token.Offset>> sent)
      throws IOException, InterruptedException {
    Map<String, String> tokens = new LinkedHashMap<>();
    for (var event : sent.entrySet()) {
      tokens.put(event.getKey(), PolicyTopic.token(event.getValue()));
    }
    long acknowledged = System.nanoTime();
    if (!wait) {
      tokens.forEach((key, token) -> System.out.printf("%s %s as %s%n", done, key, token));
      return;
    }
    try (CandorClient client = new CandorClient(settings)) {
      for (var event : tokens.entrySet()) {
        client.await(event.getValue(), LIMIT);
        System.out.printf(
            "%s %s as %s, in force %d ms after Kafka took it%n",
            done, event.getKey(), event.getValue(), (System.nanoTime() - acknowledged) / 1_000_000);
      }
    }
  }
}
