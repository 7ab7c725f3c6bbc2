package io.candor.embedded;

import io.candor.knowledge.Draft;
import io.candor.knowledge.Format;
import io.candor.knowledge.Kind;
import io.candor.knowledge.KnowledgeGate;
import io.candor.knowledge.KnowledgeView;
import io.candor.knowledge.PolicyPublisher;
import io.candor.knowledge.Token;
import io.candor.security.Credentials;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.NotFoundException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;

/** Publishes the ready-made change through Kafka, as the company's own systems would. */
@ApplicationScoped
class DemoPublisher {
  private final DemoConfig config;
  private final Credentials credentials;
  private final KnowledgeGate gate;
  private final DataSource database;

  /** Opened by the first change: where there is no demo, there is no producer. */
  private final Instance<PolicyPublisher> publisher;

  DemoPublisher(
      DemoConfig config,
      Credentials credentials,
      KnowledgeGate gate,
      DataSource database,
      Instance<PolicyPublisher> publisher) {
    this.config = config;
    this.credentials = credentials;
    this.gate = gate;
    this.database = database;
    this.publisher = publisher;
  }

  /**
   * @param token demands the change in a later question
   * @param inForceMs from handing the event to Kafka until a reader saw it
   */
  record Published(String token, long inForceMs) {}

  /** The document that the change is about, as it is in force now; nothing before it is loaded. */
  Optional<Draft> inForce(String key) {
    return credentials
        .tenant(config.tenant())
        .flatMap(tenant ->
            gate.read(tenant, Optional.empty(), Optional.empty(), view -> read(key, view)));
  }

  /** Publishes and returns when the next question would know. */
  Published publish(DemoChange change, String value) {
    var old =
        inForce(change.document())
            .orElseThrow(
                () -> new NotFoundException("the demo company's documents are not loaded"));
    var text = change.applyTo(old.text(), value);
    var draft =
        new Draft(
            old.title(),
            old.kind(),
            old.format(),
            text,
            old.url(),
            old.locale(),
            Optional.empty(),
            Optional.empty(),
            old.tags());
    var tenant = credentials.tenant(config.tenant()).orElseThrow();
    var started = System.nanoTime();
    Token token = publisher.get().publish(config.tenant(), change.document(), draft);
    gate.read(tenant, Optional.empty(), Optional.of(token), KnowledgeView::token);
    var elapsed = Duration.ofNanos(System.nanoTime() - started);
    return new Published(token.toString(), elapsed.toMillis());
  }

  private Optional<Draft> read(String key, KnowledgeView view) {
    var sql =
        """
        select v.title, v.kind, v.format, v.text, v.url, v.locale, v.tags
        from document d
        join validity p on p.document_id = d.id and p.recorded_until = 'infinity'
        join version v on v.id = p.version_id
        where d.key = ? and p.valid_from <= ? and p.valid_until > ?
        """;
    var at = view.asOf().atOffset(ZoneOffset.UTC);
    try (var connection = database.getConnection();
        var statement = connection.prepareStatement(sql)) {
      statement.setString(1, key);
      statement.setObject(2, at);
      statement.setObject(3, at);
      try (var rows = statement.executeQuery()) {
        if (!rows.next()) {
          return Optional.empty();
        }
        return Optional.of(
            new Draft(
                rows.getString("title"),
                Kind.valueOf(rows.getString("kind").toUpperCase(Locale.ROOT)),
                Format.valueOf(rows.getString("format").toUpperCase(Locale.ROOT)),
                rows.getString("text"),
                Optional.ofNullable(rows.getString("url")),
                Optional.ofNullable(rows.getString("locale")),
                Optional.empty(),
                Optional.empty(),
                List.of((String[]) rows.getArray("tags").getArray())));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read " + key, e);
    }
  }
}
