package io.candor.cli;

import io.candor.evaluation.ServerUnderTest;
import io.candor.evaluation.Tenants;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The tenants of a command's own server, made when they are first named. */
final class OwnTenants implements Tenants {
  private final OwnServer server;
  private final ServerUnderTest demo;
  private final Map<String, ServerUnderTest> byName = new ConcurrentHashMap<>();

  OwnTenants(OwnServer server) {
    this.server = server;
    this.demo = server.demo();
  }

  @Override
  public ServerUnderTest named(String name) {
    return byName.computeIfAbsent(name, this::create);
  }

  private ServerUnderTest create(String name) {
    try {
      return server.tenant(name);
    } catch (SQLException e) {
      throw new CommandFailure(
          "The tenant %s cannot be made: %s".formatted(name, e.getMessage()), e);
    }
  }

  @Override
  public ServerUnderTest demo() {
    return demo;
  }

  @Override
  public boolean areNew() {
    return server.isNew();
  }

  @Override
  public void close() {
    demo.close();
    byName.values().forEach(ServerUnderTest::close);
  }
}
