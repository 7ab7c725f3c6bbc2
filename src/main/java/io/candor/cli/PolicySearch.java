package io.candor.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.candor.tuning.dataset.Tools;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The passages of a running server; it is asked when the first reply without facts comes. */
final class PolicySearch implements Tools.Search, AutoCloseable {
  private static final int PASSAGES = 6;

  private final boolean offline;
  private CandorClient client;

  PolicySearch(boolean offline) {
    this.offline = offline;
  }

  @Override
  public List<String> passages(String query, Optional<Instant> asOf) {
    if (offline) {
      return List.of();
    }
    if (client == null) {
      client = new CandorClient(ClientSettings.find());
    }
    var search = JsonNodeFactory.instance.objectNode().put("query", query).put("k", PASSAGES);
    asOf.ifPresent(instant -> search.put("as_of", instant.toString()));
    try {
      return client
          .send("POST", "/api/v1/search", search)
          .path("results")
          .valueStream()
          .map(result -> result.path("text").asText())
          .toList();
    } catch (IOException e) {
      throw new CommandFailure(
          "The server does not answer: start it, or use --offline if the replies bring their facts.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted", e);
    }
  }

  @Override
  public void close() {
    if (client != null) {
      client.close();
    }
  }
}
