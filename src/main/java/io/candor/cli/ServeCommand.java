package io.candor.cli;

import io.candor.embedded.Loopback;
import java.util.concurrent.Callable;
import org.eclipse.microprofile.config.ConfigProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "serve",
    description = {
      "Runs the server on external services.",
      "They are given by CANDOR_DB_URL, CANDOR_DB_USER, CANDOR_DB_PASSWORD,",
      "CANDOR_DB_OWNER, CANDOR_DB_OWNER_PASSWORD, CANDOR_KAFKA, CANDOR_HOST, CANDOR_PORT."
    },
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  @Option(
      names = "--demo",
      description = "load the demo company; CANDOR_DEMO_KEY may fix its API key")
  private boolean demo;

  @Override
  public Integer call() {
    int port = ConfigProvider.getConfig().getValue("quarkus.http.port", Integer.class);
    if (!Loopback.isFree(port)) {
      throw new CommandFailure(
          "Port %d is in use: stop its owner, or set CANDOR_PORT to another one.".formatted(port));
    }
    Server.run(demo, () -> {});
    return 0;
  }
}
