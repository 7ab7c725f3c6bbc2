package io.candor.cli;

import io.candor.knowledge.EmbeddingAdministration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "embeddings",
    description = {
      "Administers the vectors of embedding models; needs the database as its owner.",
      "The model that searches is set by candor.serving.embedding.use."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class EmbeddingsCommand {
  @Command(
      name = "list",
      description = "Lists the models that have vectors.",
      mixinStandardHelpOptions = true)
  int list() throws Exception {
    try (var connection = OwnerConnection.open()) {
      for (var model : EmbeddingAdministration.list(connection)) {
        System.out.printf(
            "%-30s %-8s %5d dimensions %8.1f MB%n",
            model.name(), model.state(), model.dimension(), model.bytes() / 1e6);
      }
    }
    return 0;
  }

  @Command(
      name = "drop",
      description = "Deletes the vectors of a model that does not search.",
      mixinStandardHelpOptions = true)
  int drop(@Parameters(paramLabel = "NAME") String name) throws Exception {
    try (var connection = OwnerConnection.open()) {
      EmbeddingAdministration.drop(connection, name);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(e.getMessage(), e);
    }
    return 0;
  }
}
