package io.candor.cli;

import io.candor.evaluation.ServerUnderTest;
import io.candor.evaluation.Tenants;
import java.net.URI;
import picocli.CommandLine.Option;

/** A server that runs already; the key's tenant is the one that is asked and written to. */
final class RunningServer {
  @Option(names = "--url", required = true, description = "a running server")
  private URI url;

  @Option(names = "--key", required = true, description = "an API key of the tenant to use")
  private String key;

  /** Its one tenant, under whatever name. */
  Tenants tenants() {
    ServerUnderTest server = new ServerUnderTest(url, key);
    return new Tenants() {
      @Override
      public ServerUnderTest named(String name) {
        return server;
      }

      @Override
      public ServerUnderTest demo() {
        return server;
      }

      @Override
      public boolean areNew() {
        return false;
      }

      @Override
      public void close() {
        server.close();
      }
    };
  }
}
