package io.candor.knowledge;

import io.candor.audit.Outbox;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Tells of the past answers that a change of a document concerns: those that quoted, from a version
 * that the change ends, what the document then no longer says word for word. Done in the
 * transaction that applies the change, so its cost is bounded.
 */
final class AffectedAnswers {
  static final String TOPIC = "candor.answers-affected";

  /** Older answers have had their effect. */
  private static final Duration RECENT = Duration.ofDays(30);

  /** Citations of a version that are looked at, the newest first. */
  private static final int MOST = 1_000;

  private final Connection connection;
  private final Change change;
  private final Map<String, Boolean> stillSaid = new HashMap<>();

  /**
   * A change of a document.
   *
   * @param version the number of the one that says something else now; none where it is retired
   * @param text what that one says
   * @param from when it begins, or the document ends
   */
  record Change(String document, Optional<Integer> version, String text, Instant from, Instant at) {
    static Change retired(String document, Instant from, Instant at) {
      return new Change(document, Optional.empty(), "", from, at);
    }
  }

  AffectedAnswers(Connection connection, Change change) {
    this.connection = connection;
    this.change = change;
  }

  /** Announces those that quoted a version which the change ends. */
  void announce(UUID version) throws SQLException {
    var sql =
        """
        select answer.id, answer.conversation_id, version.number, version.text,
               array_agg(newest.start_at order by newest.start_at) as starts,
               array_agg(newest.end_at order by newest.start_at) as ends
        from (select answer_id, version_id, start_at, end_at
              from citation
              where version_id = ? and created_at > ?
              order by created_at desc
              limit ?) newest
        join answer on answer.id = newest.answer_id and answer.created_at > ?
        join version on version.id = newest.version_id
        group by answer.id, version.id
        """;
    var since = DocumentTimeline.timestamp(change.at().minus(RECENT));
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, version);
      statement.setObject(2, since);
      statement.setInt(3, MOST);
      statement.setObject(4, since);
      announce(statement);
    }
  }

  private void announce(PreparedStatement found) throws SQLException {
    try (var rows = found.executeQuery()) {
      while (rows.next()) {
        var unsaid = quotes(rows).stream().filter(quote -> !isStillSaid(quote)).toList();
        if (!unsaid.isEmpty()) {
          Outbox.add(connection, TOPIC, change.document(), json(rows, unsaid));
        }
      }
    }
  }

  private static List<String> quotes(ResultSet row) throws SQLException {
    var text = row.getString("text");
    var starts = (Integer[]) row.getArray("starts").getArray();
    var ends = (Integer[]) row.getArray("ends").getArray();
    return IntStream.range(0, starts.length)
        .mapToObj(i -> text.substring(starts[i], ends[i]))
        .distinct()
        .toList();
  }

  /** Many answers quote the same few sentences. */
  private boolean isStillSaid(String quote) {
    return stillSaid.computeIfAbsent(quote, change.text()::contains);
  }

  private String json(ResultSet row, List<String> unsaid) throws SQLException {
    var json = JsonFields.JSON.createObjectNode();
    json.put("answer_id", row.getString("id"));
    json.put("conversation_id", row.getString("conversation_id"));
    json.put("document", change.document()).put("version", row.getInt("number"));
    change.version().ifPresent(number -> json.put("superseded_by", number));
    json.put("from", change.from().toString()).put("at", change.at().toString());
    unsaid.forEach(json.putArray("quotes")::add);
    return json.toString();
  }
}
