package io.candor.cli;

import io.candor.embedded.CandorHome;
import io.candor.embedded.EmbeddedParts;
import io.candor.embedded.Loopback;
import io.candor.embedded.PrivateFile;
import io.candor.helpdesk.wire.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    description = {
      "Sets up and starts everything on this machine, with a demo company.",
      "PostgreSQL, Kafka, the model and the server: it prints where to look. Ctrl-C stops it all;",
      "data is kept."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  private static final int PORTS_TRIED = 100;

  @Option(
      names = "--port",
      defaultValue = "${env:CANDOR_PORT:-8080}",
      description = "HTTP port; the next free one when taken (default ${DEFAULT-VALUE})")
  private int port;

  @Override
  public Integer call() throws IOException {
    CandorHome home = CandorHome.locate();
    EmbeddedParts.setUp(home, System.out);
    System.out.println("starting PostgreSQL and Kafka");
    EmbeddedParts parts = EmbeddedParts.start(home);
    parts.configuration().forEach(System::setProperty);
    System.setProperty("candor.helpdesk.key", helpdeskKey(home.data().resolve("helpdesk.key")));
    System.setProperty("candor.helpdesk.private-hosts", "localhost,127.0.0.1");
    System.setProperty("quarkus.http.port", String.valueOf(freePort()));
    System.setProperty("quarkus.log.console.level", "ERROR");
    System.setProperty("quarkus.log.file.enabled", "true");
    System.setProperty("quarkus.log.file.path", home.run().resolve("server.log").toString());
    System.out.println("starting the server (log: %s)".formatted(home.run().resolve("server.log")));
    Server.run(true, parts::close);
    return 0;
  }

  private static String helpdeskKey(Path file) throws IOException {
    if (Files.notExists(file)) {
      PrivateFile.write(file, Vault.newKey());
    }
    return Files.readString(file);
  }

  private int freePort() {
    for (int candidate = port; candidate < port + PORTS_TRIED; candidate++) {
      if (Loopback.isFree(candidate)) {
        if (candidate != port) {
          System.out.printf("port %d is in use: taking %d%n", port, candidate);
        }
        return candidate;
      }
    }
    throw new CommandFailure("No free port from %d on: say another --port.".formatted(port));
  }
}
