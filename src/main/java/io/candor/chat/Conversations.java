package io.candor.chat;

import io.candor.security.TenantTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NotFoundException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Conversations and their turns, so that a follow-up can be understood by any replica. */
@ApplicationScoped
class Conversations {
  /** The turns that are looked back at. */
  static final int REMEMBERED = 6;

  private final DataSource database;
  private final TenantTransaction transaction;

  Conversations(DataSource database, TenantTransaction transaction) {
    this.database = database;
    this.transaction = transaction;
  }

  /**
   * A turn as later turns see it: what was written, the question made to stand alone, how it went,
   * and what was replied.
   */
  record Turn(String question, String standalone, String outcome, String reply) {}

  /**
   * The last turns, oldest first, none for a new conversation; 404 where the tenant has no such.
   */
  List<Turn> turnsOf(UUID tenant, Optional<UUID> conversation) {
    return conversation.map(id -> transaction.call(tenant, () -> turns(id))).orElse(List.of());
  }

  private List<Turn> turns(UUID conversation) {
    try (var connection = database.getConnection()) {
      try (var exists = connection.prepareStatement("select from conversation where id = ?")) {
        exists.setObject(1, conversation);
        if (!exists.executeQuery().next()) {
          throw new NotFoundException("no conversation %s".formatted(conversation));
        }
      }
      var sql =
          """
          select question, standalone, outcome, reply from turn where conversation_id = ? order by id desc limit ?
          """;
      try (var statement = connection.prepareStatement(sql)) {
        statement.setObject(1, conversation);
        statement.setInt(2, REMEMBERED);
        var turns = new ArrayList<Turn>();
        try (var rows = statement.executeQuery()) {
          while (rows.next()) {
            turns.addFirst(
                new Turn(
                    rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4)));
          }
        }
        return turns;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read conversation " + conversation, e);
    }
  }

  /** Creates the conversation where it is new, and adds the turn; in the tenant's transaction. */
  void add(UUID tenant, Answer answer, String question, String standalone) {
    var sql =
        """
        insert into conversation (id, tenant_id) values (?, ?) on conflict (id) do nothing;
        insert into turn (tenant_id, conversation_id, answer_id, question, standalone, outcome, reply)
        values (?, ?, ?, ?, ?, ?, ?)
        """;
    try (var connection = database.getConnection();
        var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, answer.conversationId());
      statement.setObject(2, tenant);
      statement.setObject(3, tenant);
      statement.setObject(4, answer.conversationId());
      statement.setObject(5, answer.answerId());
      statement.setString(6, question);
      statement.setString(7, standalone);
      statement.setString(8, answer.outcome());
      statement.setString(9, answer.text());
      statement.execute();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot record the turn", e);
    }
  }
}
