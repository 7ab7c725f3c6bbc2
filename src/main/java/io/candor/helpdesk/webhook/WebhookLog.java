package io.candor.helpdesk.webhook;

import io.candor.helpdesk.wire.TenantConnections;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** What was sent to an endpoint, and what came back. */
@ApplicationScoped
class WebhookLog {
  private static final int LAST = 100;

  private final TenantConnections connections;

  WebhookLog(TenantConnections connections) {
    this.connections = connections;
  }

  /**
   * A message to an endpoint, with its last attempt.
   *
   * @param status the HTTP status of the answer, null where there was none
   * @param reason why it did not arrive, null where it did
   */
  record Entry(
      String message,
      String type,
      Instant createdAt,
      String state,
      int attempts,
      Instant dueAt,
      Integer status,
      String reason) {}

  List<Entry> last(Endpoint endpoint) {
    var sql =
        """
        select m.id, m.type, m.created_at, d.state, d.attempts, d.due_at, a.status, a.reason
        from webhook_delivery d
        join webhook_message m on m.id = d.message_id
        left join webhook_attempt a
          on a.endpoint_id = d.endpoint_id and a.message_id = d.message_id and a.number = d.attempts
        where d.endpoint_id = ?
        order by m.id desc
        limit ?
        """;
    return connections.call(
        endpoint.tenant(),
        connection -> {
          try (var statement = Endpoints.bind(connection, sql, endpoint.id(), LAST);
              var rows = statement.executeQuery()) {
            var all = new ArrayList<Entry>();
            while (rows.next()) {
              all.add(
                  new Entry(
                      rows.getString(1),
                      rows.getString(2),
                      rows.getObject(3, OffsetDateTime.class).toInstant(),
                      rows.getString(4),
                      rows.getInt(5),
                      rows.getObject(6, OffsetDateTime.class).toInstant(),
                      rows.getObject(7, Integer.class),
                      rows.getString(8)));
            }
            return all;
          }
        });
  }
}
