package io.candor.cli;

import io.candor.security.Administration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "tenants",
    description = "Administers tenants; needs the database as its owner.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class TenantsCommand {
  @Command(
      name = "create",
      description = "Creates a tenant; one of that name is left as it is.",
      mixinStandardHelpOptions = true)
  int create(
      @Parameters(paramLabel = "NAME", description = "lower case, digits, dashes") String name)
      throws Exception {
    try (var connection = OwnerConnection.open()) {
      System.out.println(name + " " + Administration.createTenant(connection, name));
    }
    return 0;
  }
}
