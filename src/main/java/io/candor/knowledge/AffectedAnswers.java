package io.candor.knowledge;

import io.candor.audit.Outbox;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Tells of the past answers that a change of a document concerns: those that quoted, from whichever
 * version, what the document said until then and no longer says word for word. Done in the
 * transaction that applies the change, so its cost is bounded.
 */
final class AffectedAnswers {
  static final String TOPIC = "candor.answers-affected";

  /** Older answers have had their effect. */
  private static final Duration RECENT = Duration.ofDays(30);

  /** Citations that are looked at, the newest first. */
  private static final int MOST = 1_000;

  private final Connection connection;
  private final Change change;
  private final Map<UUID, String> texts = new HashMap<>();
  private final Map<String, Boolean> dropped = new HashMap<>();

  /**
   * A change of a document.
   *
   * @param ended the versions that said what holds no longer
   * @param version the number of the one that holds instead; none where the document is retired
   * @param text what that one says
   * @param from when that begins, or the document ends
   */
  record Change(
      String key,
      UUID document,
      List<UUID> ended,
      Optional<Integer> version,
      String text,
      Instant from,
      Instant at) {
    Change {
      ended = List.copyOf(ended);
    }
  }

  AffectedAnswers(Connection connection, Change change) {
    this.connection = connection;
    this.change = change;
  }

  void announce() throws SQLException {
    if (change.ended().isEmpty()) {
      return;
    }
    var sql =
        """
        select answer.id, answer.conversation_id, newest.version_id, newest.number,
               array_agg(newest.start_at order by newest.start_at) as starts,
               array_agg(newest.end_at order by newest.start_at) as ends
        from (select cited.*, version.number
              from version
              cross join lateral (
                select answer_id, version_id, start_at, end_at, created_at
                from citation
                where version_id = version.id and created_at > ?
                order by created_at desc
                limit ?) cited
              where version.document_id = ?
              order by cited.created_at desc
              limit ?) newest
        join answer on answer.id = newest.answer_id
        group by answer.id, newest.version_id, newest.number
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, DocumentTimeline.timestamp(change.at().minus(RECENT)));
      statement.setInt(2, MOST);
      statement.setObject(3, change.document());
      statement.setInt(4, MOST);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          var quotes = droppedQuotes(rows);
          if (!quotes.isEmpty()) {
            Outbox.add(connection, TOPIC, change.key(), json(rows, quotes));
          }
        }
      }
    }
  }

  private List<String> droppedQuotes(ResultSet row) throws SQLException {
    var text = text(row.getObject("version_id", UUID.class));
    var starts = integers(row.getArray("starts"));
    var ends = integers(row.getArray("ends"));
    var quotes = new ArrayList<String>();
    for (int i = 0; i < starts.length; i++) {
      var quote = text.substring(starts[i], ends[i]);
      if (isDropped(quote) && !quotes.contains(quote)) {
        quotes.add(quote);
      }
    }
    return quotes;
  }

  private static Integer[] integers(Array array) throws SQLException {
    return (Integer[]) array.getArray();
  }

  /** Many answers quote the same few sentences. */
  private boolean isDropped(String quote) throws SQLException {
    var known = dropped.get(quote);
    if (known == null) {
      known = !change.text().contains(quote) && wasSaid(quote);
      dropped.put(quote, known);
    }
    return known;
  }

  private boolean wasSaid(String quote) throws SQLException {
    for (var version : change.ended()) {
      if (text(version).contains(quote)) {
        return true;
      }
    }
    return false;
  }

  private String text(UUID version) throws SQLException {
    var known = texts.get(version);
    if (known != null) {
      return known;
    }
    try (var statement = connection.prepareStatement("select text from version where id = ?")) {
      statement.setObject(1, version);
      try (var rows = statement.executeQuery()) {
        rows.next();
        texts.put(version, rows.getString(1));
        return texts.get(version);
      }
    }
  }

  private String json(ResultSet row, List<String> quotes) throws SQLException {
    var json = JsonFields.JSON.createObjectNode();
    json.put("answer_id", row.getString("id"));
    json.put("conversation_id", row.getString("conversation_id"));
    json.put("document", change.key()).put("version", row.getInt("number"));
    change.version().ifPresent(number -> json.put("superseded_by", number));
    json.put("from", change.from().toString()).put("at", change.at().toString());
    quotes.forEach(json.putArray("quotes")::add);
    return json.toString();
  }
}
