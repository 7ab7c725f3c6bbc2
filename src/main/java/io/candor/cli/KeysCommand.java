package io.candor.cli;

import io.candor.security.Administration;
import io.candor.security.Scope;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "keys",
    description = "Administers API keys; needs the database as its owner.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class KeysCommand {
  @Command(
      name = "create",
      description = "Creates an API key and prints it, the only time it can be read.",
      mixinStandardHelpOptions = true)
  int create(
      @Option(names = "--tenant", required = true, paramLabel = "NAME", description = "whose key")
          String tenant,
      @Option(
              names = "--scope",
              paramLabel = "SCOPE",
              description = "chat, documents, voice or channels, may be repeated (default: all)")
          List<String> names)
      throws Exception {
    Set<Scope> scopes =
        names == null
            ? EnumSet.allOf(Scope.class)
            : names.stream().map(Scope::of).collect(Collectors.toSet());
    try (var connection = OwnerConnection.open()) {
      System.out.println(Administration.createKey(connection, tenant, scopes));
    }
    return 0;
  }
}
