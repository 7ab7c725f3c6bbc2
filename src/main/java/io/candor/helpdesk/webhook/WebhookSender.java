package io.candor.helpdesk.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.candor.helpdesk.webhook.WebhookMeter.Sent;
import io.candor.helpdesk.wire.GuardedHttp;
import io.candor.helpdesk.wire.HelpdeskConfig;
import io.candor.helpdesk.wire.HttpCall;
import io.candor.helpdesk.wire.HttpReply;
import io.candor.helpdesk.wire.Json;
import io.candor.helpdesk.wire.StandardWebhooks;
import io.candor.helpdesk.wire.TenantConnections;
import io.candor.helpdesk.wire.Vault;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/**
 * Sends what the outbox's trigger has laid down for endpoints, as Standard Webhooks 1.0: at least
 * once, with the message's id to tell repeats. A delivery is locked while it is sent.
 */
@ApplicationScoped
class WebhookSender {
  private static final Logger LOG = Logger.getLogger(WebhookSender.class);
  private static final int SENDERS = 2;
  private static final int GONE = 410;
  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

  /** The standard's advice is below 20 kB. */
  private static final int LARGEST = 20_000;

  private final TenantConnections connections;
  private final Endpoints endpoints;
  private final GuardedHttp http;
  private final HelpdeskConfig config;
  private final Vault vault;
  private final Clock clock;
  private final WebhookMeter meter;
  private final Thread[] threads = new Thread[SENDERS];
  private volatile boolean stopping;

  WebhookSender(
      TenantConnections connections,
      Endpoints endpoints,
      GuardedHttp http,
      HelpdeskConfig config,
      Vault vault,
      Clock clock,
      WebhookMeter meter) {
    this.connections = connections;
    this.endpoints = endpoints;
    this.http = http;
    this.config = config;
    this.vault = vault;
    this.clock = clock;
    this.meter = meter;
  }

  void start(@Observes StartupEvent event) {
    for (int i = 0; vault.isOpen() && i < SENDERS; i++) {
      threads[i] = Thread.ofVirtual().name("webhooks-" + i).start(this::run);
    }
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stopping = true;
    for (var thread : threads) {
      if (thread != null) {
        thread.interrupt();
        thread.join(AFTER_FAILURE);
      }
    }
  }

  private void run() {
    try {
      while (!stopping) {
        Thread.sleep(send() ? Duration.ZERO : config.webhookIdle());
      }
    } catch (InterruptedException e) {
      LOG.debug("asked to stop", e);
    }
  }

  private boolean send() throws InterruptedException {
    try {
      return connections.call(this::sendNext);
    } catch (RuntimeException e) {
      if (!stopping) {
        LOG.warnf("webhooks wait: %s", e.getMessage());
        Thread.sleep(AFTER_FAILURE);
      }
      return false;
    }
  }

  /** A delivery that is due, and the message that it carries. */
  private record Due(
      UUID endpoint, UUID message, String type, String data, Instant created, int attempts) {
    String id() {
      return "msg_" + message;
    }
  }

  /** What came back: a status, or the reason why none did. */
  private record Outcome(
      Optional<Integer> status, Optional<String> reason, Optional<Duration> retryAfter) {
    static Outcome of(HttpReply reply) {
      var reason = reply.isSuccess() ? Optional.<String>empty() : Optional.of("refused");
      return new Outcome(Optional.of(reply.status()), reason, reply.retryAfter());
    }
  }

  private boolean sendNext(Connection connection) throws SQLException {
    var due = take(connection);
    if (due.isEmpty()) {
      return false;
    }
    var endpoint =
        endpoints.read(connection).stream()
            .filter(e -> e.id().equals(due.get().endpoint()))
            .findFirst();
    if (endpoint.isEmpty() || endpoint.get().disabled().isPresent()) {
      settle(connection, due.get(), "failed", clock.instant());
      meter.count(Sent.DISABLED);
      return true;
    }
    long began = System.nanoTime();
    var outcome = post(endpoint.get(), due.get());
    log(connection, due.get(), outcome, Duration.ofNanos(System.nanoTime() - began));
    conclude(connection, due.get(), outcome);
    return true;
  }

  private static Optional<Due> take(Connection connection) throws SQLException {
    var sql =
        """
        select d.endpoint_id, d.message_id, m.type, m.data, m.created_at, d.attempts
        from webhook_delivery d join webhook_message m on m.id = d.message_id
        where d.endpoint_id = ? and d.message_id = ? and d.state = 'pending'
        """;
    try (var taken = connection.prepareStatement("select * from take_webhook_delivery()");
        var row = taken.executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      TenantConnections.confine(connection, row.getObject("tenant_id", UUID.class));
      var endpoint = row.getObject("endpoint_id", UUID.class);
      var message = row.getObject("message_id", UUID.class);
      try (var statement = Endpoints.bind(connection, sql, endpoint, message);
          var rows = statement.executeQuery()) {
        return rows.next()
            ? Optional.of(
                new Due(
                    endpoint,
                    message,
                    rows.getString(3),
                    rows.getString(4),
                    rows.getObject(5, OffsetDateTime.class).toInstant(),
                    rows.getInt(6)))
            : Optional.empty();
      }
    }
  }

  private Outcome post(Endpoint endpoint, Due due) {
    var now = clock.instant();
    var body = body(due);
    var signature =
        StandardWebhooks.sign(
            endpoint.secrets().goodAt(now), due.id(), now.getEpochSecond(), body.getBytes(UTF_8));
    var headers =
        Map.of(
            "Content-Type",
            "application/json",
            StandardWebhooks.ID,
            due.id(),
            StandardWebhooks.TIMESTAMP,
            String.valueOf(now.getEpochSecond()),
            StandardWebhooks.SIGNATURE,
            signature);
    try {
      return Outcome.of(http.follow(HttpCall.of("POST", endpoint.url(), headers, body), TIMEOUT));
    } catch (IOException e) {
      return new Outcome(Optional.empty(), Optional.of(e.getMessage()), Optional.empty());
    }
  }

  /** Of what is too large the plain values are sent: its id tells where to read the rest. */
  private static String body(Due due) {
    try {
      var data = Json.MAPPER.readTree(due.data());
      var body = Json.MAPPER.createObjectNode();
      body.put("type", due.type()).put("timestamp", due.created().toString()).set("data", data);
      if (body.toString().length() > LARGEST) {
        var plain = body.putObject("data").put("truncated", true);
        data.propertyStream()
            .filter(field -> isPlain(field.getValue()))
            .forEach(field -> plain.set(field.getKey(), field.getValue()));
      }
      return body.toString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the outbox holds what is not JSON", e);
    }
  }

  private static boolean isPlain(JsonNode value) {
    return value.isValueNode() && value.asText().length() < LARGEST / 10;
  }

  private static void log(Connection connection, Due due, Outcome outcome, Duration took)
      throws SQLException {
    var sql =
        """
        insert into webhook_attempt (endpoint_id, message_id, number, tenant_id, milliseconds, status, reason)
        values (?, ?, ?, current_tenant(), ?, ?, ?)
        """;
    Endpoints.update(
        connection,
        sql,
        due.endpoint(),
        due.message(),
        due.attempts() + 1,
        Math.toIntExact(took.toMillis()),
        outcome.status().orElse(null),
        outcome.reason().orElse(null));
  }

  private void conclude(Connection connection, Due due, Outcome outcome) throws SQLException {
    Endpoints.update(
        connection,
        "update webhook_delivery set attempts = attempts + 1 where endpoint_id = ? and message_id = ?",
        due.endpoint(),
        due.message());
    if (outcome.reason().isEmpty()) {
      settle(connection, due, "delivered", clock.instant());
      meter.count(Sent.DELIVERED);
      return;
    }
    if (outcome.status().filter(status -> status == GONE).isPresent()) {
      Endpoints.update(
          connection,
          "update webhook_endpoint set disabled = 'it answered 410 Gone' where id = ?",
          due.endpoint());
      settle(connection, due, "failed", clock.instant());
      meter.count(Sent.DISABLED);
      return;
    }
    var pause = Schedule.after(due.attempts() + 1, ThreadLocalRandom.current());
    var asked = outcome.retryAfter().orElse(Duration.ZERO);
    settle(
        connection,
        due,
        pause.isPresent() ? "pending" : "failed",
        clock.instant().plus(pause.filter(p -> p.compareTo(asked) > 0).orElse(asked)));
    meter.count(pause.isPresent() ? Sent.POSTPONED : Sent.FAILED);
  }

  private static void settle(Connection connection, Due due, String state, Instant next)
      throws SQLException {
    Endpoints.update(
        connection,
        "update webhook_delivery set state = ?, due_at = ? where endpoint_id = ? and message_id = ?",
        state,
        next.atOffset(ZoneOffset.UTC),
        due.endpoint(),
        due.message());
  }
}
