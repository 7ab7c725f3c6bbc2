package io.candor.helpdesk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.candor.CandorParts;
import io.candor.embedded.Loopback;
import io.candor.evaluation.HelpdeskLoad;
import io.candor.helpdesk.vendor.Vendor;
import io.candor.helpdesk.wire.Secrets;
import io.candor.helpdesk.wire.TenantConnections;
import io.candor.helpdesk.wire.Vault;
import io.candor.security.Administration;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** A helpdesk's deliveries while the process that takes them is killed, and its API fails. */
class KilledHelpdeskTest {
  private static final int DELIVERIES = 300;
  private static final int KILLS = 2;
  private static final String KEY = Vault.newKey();
  private static final Map<String, String> PARTS = CandorParts.migrated();

  @Test
  void everyGoodMessageIsAnsweredOnceAndInOrder() throws Exception {
    int port = Loopback.freePort();
    try (var load = new HelpdeskLoad(DELIVERIES, 3, List.of("message %d"))) {
      var channel = channel(load.account());
      var hook = URI.create("http://127.0.0.1:%d%s".formatted(port, channel.path()));
      var sending = Thread.ofVirtual().start(() -> send(load, hook));
      for (int kill = 1; kill <= KILLS; kill++) {
        var process = start(port);
        while (load.sent() < DELIVERIES * kill / (KILLS + 1)) {
          assertTrue(process.isAlive(), "it runs");
          Thread.sleep(10);
        }
        process.destroyForcibly().waitFor();
      }
      var process = start(port);
      try {
        sending.join();
        var result = load.await();
        assertEquals(List.of(), notReplied());
        assertEquals(result.conversations(), result.once(), result.toString());
        assertEquals(0, result.badAccepted() + result.goodRefused(), result.toString());
        assertTrue(result.failures() > 0);
      } finally {
        process.destroyForcibly().waitFor();
      }
      for (var replies : load.replies()) {
        assertEquals(replies.stream().sorted(KilledHelpdeskTest::byNumber).toList(), replies);
      }
    }
  }

  /** What came in and was not replied to, for whatever reason. */
  private static List<String> notReplied() throws SQLException {
    var sql =
        """
        select format('%s: %s, %s, %s attempts', message_id, state, result, attempts)
        from helpdesk_delivery
        where (state, result) is distinct from ('done', 'replied')
          and channel_id in (select id from helpdesk_channel where name = 'killed')
        """;
    try (var owner = CandorParts.connect("quarkus.flyway");
        var rows = owner.createStatement().executeQuery(sql)) {
      var found = new ArrayList<String>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }

  private static int byNumber(String one, String other) {
    return Integer.compare(number(one), number(other));
  }

  private static int number(String reply) {
    return Integer.parseInt(reply.replaceAll("\\D", ""));
  }

  private static void send(HelpdeskLoad load, URI hook) {
    try {
      load.send(hook);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Channel channel(Map<String, String> account) throws Exception {
    UUID tenant;
    try (var owner = CandorParts.connect("quarkus.flyway")) {
      tenant = Administration.createTenant(owner, "killed-desk");
    }
    var database = new PGSimpleDataSource();
    database.setUrl(PARTS.get("quarkus.datasource.jdbc.url"));
    database.setUser(PARTS.get("quarkus.datasource.username"));
    database.setPassword(PARTS.get("quarkus.datasource.password"));
    var channels =
        new Channels(new TenantConnections(database), new Vault(Optional.of(KEY), List.of()));
    var channel =
        new Channel(
            UUID.randomUUID(),
            tenant,
            "killed",
            Vendor.ZENDESK,
            Mode.AUTO,
            new ChannelSettings(account, null, null, null, null, null),
            new Credentials("token", Secrets.of(HelpdeskLoad.SECRET)));
    assertTrue(channels.save(channel));
    return channel;
  }

  private static Process start(int port) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            BareHelpdesk.class.getName(),
            PARTS.get("quarkus.datasource.jdbc.url"),
            PARTS.get("quarkus.datasource.username"),
            PARTS.get("quarkus.datasource.password"),
            KEY,
            String.valueOf(port))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
