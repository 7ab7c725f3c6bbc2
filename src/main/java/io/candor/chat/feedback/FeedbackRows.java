package io.candor.chat.feedback;

import com.pgvector.PGvector;
import io.candor.chat.feedback.ApprovedAnswers.Exchange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The feedback of one tenant in the database, over a connection confined to it. */
final class FeedbackRows {
  private static final String COLUMNS =
      """
      select feedback.id, answer_id, author, rating, state, comment, correction, approved, forced,
             feedback.created_at, turn.question as asked, turn.reply
      from feedback left join turn using (answer_id)
      """;

  private final Connection connection;

  FeedbackRows(Connection connection) {
    this.connection = connection;
  }

  /** An answer's response and what it was made from; empty if the tenant has no such answer. */
  Optional<RecordedAnswer> answer(UUID id) throws SQLException {
    try (var statement =
        connection.prepareStatement("select response, inputs from answer where id = ?")) {
      statement.setObject(1, id);
      try (var rows = statement.executeQuery()) {
        return rows.next()
            ? Optional.of(RecordedAnswer.of(rows.getString(1), rows.getString(2)))
            : Optional.empty();
      }
    }
  }

  /**
   * Keeps what an author thinks, once an answer; they may change it until it is reviewed. False
   * where nothing changes.
   */
  boolean put(UUID tenant, UUID answer, String author, FeedbackRequest said) throws SQLException {
    var sql =
        """
        insert into feedback (tenant_id, answer_id, author, rating, comment, correction)
        values (?, ?, ?, ?, ?, ?)
        on conflict (tenant_id, answer_id, author) do update
        set rating = excluded.rating, comment = excluded.comment, correction = excluded.correction
        where feedback.state = 'open'
          and (feedback.rating, feedback.comment, feedback.correction)
              is distinct from (excluded.rating, excluded.comment, excluded.correction)
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, tenant);
      statement.setObject(2, answer);
      statement.setString(3, author);
      statement.setString(4, said.rating().toString());
      statement.setString(5, said.comment());
      statement.setString(6, said.correction());
      return statement.executeUpdate() == 1;
    }
  }

  Optional<Feedback> find(UUID answer, String author) throws SQLException {
    try (var statement =
        connection.prepareStatement(COLUMNS + " where answer_id = ? and author = ?")) {
      statement.setObject(1, answer);
      statement.setString(2, author);
      return all(statement).stream().findFirst();
    }
  }

  Optional<Feedback> find(UUID id) throws SQLException {
    try (var statement = connection.prepareStatement(COLUMNS + " where feedback.id = ?")) {
      statement.setObject(1, id);
      return all(statement).stream().findFirst();
    }
  }

  /** Those in a state, the oldest first. */
  List<Feedback> list(Feedback.State state, int most) throws SQLException {
    try (var statement =
        connection.prepareStatement(COLUMNS + " where state = ? order by feedback.id limit ?")) {
      statement.setString(1, state.toString());
      statement.setInt(2, most);
      return all(statement);
    }
  }

  private static List<Feedback> all(PreparedStatement statement) throws SQLException {
    try (var rows = statement.executeQuery()) {
      var found = new ArrayList<Feedback>();
      while (rows.next()) {
        found.add(feedback(rows));
      }
      return found;
    }
  }

  private static Feedback feedback(ResultSet row) throws SQLException {
    return new Feedback(
        row.getObject("id", UUID.class),
        row.getObject("answer_id", UUID.class),
        row.getString("author"),
        Feedback.Rating.valueOf(row.getString("rating").toUpperCase(Locale.ROOT)),
        Feedback.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getString("asked"),
        row.getString("reply"),
        Optional.ofNullable(row.getString("comment")),
        Optional.ofNullable(row.getString("correction")),
        Optional.ofNullable(row.getString("approved")),
        row.getBoolean("forced"),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }

  void reject(UUID id, String reviewer) throws SQLException {
    var sql =
        """
        update feedback set state = 'rejected', reviewed_by = ?, reviewed_at = now() where id = ?
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, reviewer);
      statement.setObject(2, id);
      statement.executeUpdate();
    }
  }

  /**
   * What is learnt from it.
   *
   * @param question by whose vector it is found again, with the vector's model
   */
  record Approval(String text, boolean forced, String question, float[] vector, String model) {}

  void approve(UUID id, Approval approval, String reviewer) throws SQLException {
    var sql =
        """
        update feedback
        set state = 'approved', approved = ?, forced = ?, question = ?, embedding = ?,
            embedding_model = ?, reviewed_by = ?, reviewed_at = now()
        where id = ?
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, approval.text());
      statement.setBoolean(2, approval.forced());
      statement.setString(3, approval.question());
      statement.setObject(4, new PGvector(approval.vector()));
      statement.setString(5, approval.model());
      statement.setString(6, reviewer);
      statement.setObject(7, id);
      statement.executeUpdate();
    }
  }

  /** What was approved for the questions nearest to a vector of that model, the nearest first. */
  List<Exchange> near(float[] vector, String model, int most) throws SQLException {
    var sql =
        """
        select answer.response, answer.inputs, feedback.approved
        from feedback join answer on answer.id = feedback.answer_id
        where feedback.state = 'approved' and feedback.embedding_model = ?
        order by feedback.embedding <=> ?
        limit ?
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, model);
      statement.setObject(2, new PGvector(vector));
      statement.setInt(3, most);
      var found = new ArrayList<Exchange>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          var answer = RecordedAnswer.of(rows.getString(1), rows.getString(2));
          found.add(new Exchange(answer.prompt().orElseThrow().user(), rows.getString(3)));
        }
      }
      return found;
    }
  }
}
