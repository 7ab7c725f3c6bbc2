package io.candor.helpdesk;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.candor.TestConfig;
import io.candor.chat.Answer;
import io.candor.chat.ChannelChat;
import io.candor.helpdesk.vendor.Delivery;
import io.candor.helpdesk.wire.AddressGuard;
import io.candor.helpdesk.wire.GuardedHttp;
import io.candor.helpdesk.wire.HelpdeskConfig;
import io.candor.helpdesk.wire.TenantConnections;
import io.candor.helpdesk.wire.Vault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import javax.sql.DataSource;

/**
 * Hooks and workers without the server, so that a test can kill their process and start it fast. A
 * message is answered with its own words.
 */
final class BareHelpdesk {
  private static final int WORKERS = 3;

  private final Inbox inbox;
  private final DeliveryWorker worker;
  private final Wakeup wakeup = new Wakeup();

  private BareHelpdesk(DataSource database, Vault vault) {
    var config =
        TestConfig.of(
            HelpdeskConfig.class,
            "candor.helpdesk.timeout",
            "1S",
            "candor.helpdesk.first-pause",
            "0.1S",
            "candor.helpdesk.longest-pause",
            "5S");
    var connections = new TenantConnections(database);
    var channels = new Channels(connections, vault);
    var clock = Clock.systemUTC();
    var http = new GuardedHttp(Vertx.vertx(), new AddressGuard(Set.of("127.0.0.1")));
    var guard = new LoopGuard(Duration.ofDays(1), 100, Duration.ofMinutes(1));
    inbox = new Inbox(channels, connections, config, clock, wakeup);
    worker =
        new DeliveryWorker(
            connections,
            channels,
            new Planner((who, id, chat, message, _) -> echo(id, chat, message), guard),
            http,
            config,
            clock,
            new HelpdeskMeter(new SimpleMeterRegistry()));
  }

  /** Serves until killed: database URL, user, password, key, port. */
  public static void main(String[] args) throws IOException {
    var vault = new Vault(Optional.of(args[3]), List.of());
    var bare = new BareHelpdesk(pool(args[0], args[1], args[2]), vault);
    for (int i = 0; i < WORKERS; i++) {
      Thread.ofPlatform().start(bare::work);
    }
    var server =
        HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[4])), 100);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/hooks/", bare::receive);
    server.start();
  }

  private static DataSource pool(String url, String user, String password) {
    try {
      return AgroalDataSource.from(
          new AgroalDataSourceConfigurationSupplier()
              .connectionPoolConfiguration(pool ->
                  pool.maxSize(12)
                      .acquisitionTimeout(Duration.ofSeconds(5)) // as the server has it
                      .connectionFactoryConfiguration(connection ->
                          connection
                              .jdbcUrl(url)
                              .principal(new NamePrincipal(user))
                              .credential(new SimplePassword(password)))));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void work() {
    try {
      while (true) {
        if (!works()) {
          wakeup.await(Duration.ofMillis(50));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** As the server's workers do, goes on after a failure. */
  private boolean works() {
    try {
      return worker.work();
    } catch (RuntimeException e) {
      e.printStackTrace();
      return false;
    }
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      var parts = exchange.getRequestURI().getPath().split("/");
      var headers = new HashMap<String, String>();
      exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
      var delivery = new Delivery(headers, "", exchange.getRequestBody().readAllBytes());
      var receipt = inbox.receive(parts[2], UUID.fromString(parts[3]), delivery);
      int status =
          switch (receipt) {
            case Receipt.Stored(), Receipt.Repeated(), Receipt.Pong() -> 204;
            case Receipt.Unknown() -> 404;
            case Receipt.Forged() -> 401;
            case Receipt.Malformed _ -> 400;
          };
      exchange.sendResponseHeaders(status, -1);
    }
  }

  private static ChannelChat.Result echo(UUID id, Optional<UUID> conversation, String message) {
    var answer =
        new Answer(
            id,
            conversation.orElse(id),
            "answered",
            null,
            message,
            List.of(),
            List.of(),
            new Answer.Knowledge(Instant.now(), "0", 0),
            new Answer.Model("none", "none"),
            null,
            new Answer.Timings(0, 0L, 0));
    return new ChannelChat.Result(answer, 1);
  }
}
