package io.candor.chat;

import io.candor.security.TenantTransaction;
import io.candor.serving.AdapterSet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NotFoundException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
   * What went before.
   *
   * @param turns the last ones, oldest first
   * @param voice the adapters that it began with, and their scales; empty where that is not known
   */
  record Past(List<Turn> turns, Optional<Map<String, Float>> voice) {
    static final Past NONE = new Past(List.of(), Optional.empty());

    Past {
      turns = List.copyOf(turns);
    }
  }

  /** What went before, nothing for a new conversation; 404 where the tenant has no such. */
  Past past(UUID tenant, Optional<UUID> conversation) {
    return conversation.map(id -> transaction.call(tenant, () -> past(id))).orElse(Past.NONE);
  }

  private Past past(UUID conversation) {
    try (var connection = database.getConnection()) {
      var voice = voice(connection, conversation);
      return new Past(turns(connection, conversation), voice);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read conversation " + conversation, e);
    }
  }

  private static Optional<Map<String, Float>> voice(Connection connection, UUID conversation)
      throws SQLException {
    var sql = "select adapters, scales from conversation where id = ?";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, conversation);
      try (var row = statement.executeQuery()) {
        if (!row.next()) {
          throw new NotFoundException("no conversation %s".formatted(conversation));
        }
        if (row.getArray("adapters") == null) {
          return Optional.empty();
        }
        var names = (String[]) row.getArray("adapters").getArray();
        var scales = (Float[]) row.getArray("scales").getArray();
        var voice = new LinkedHashMap<String, Float>();
        for (int i = 0; i < names.length; i++) {
          voice.put(names[i], scales[i]);
        }
        return Optional.of(voice);
      }
    }
  }

  private static List<Turn> turns(Connection connection, UUID conversation) throws SQLException {
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
              new Turn(rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4)));
        }
      }
      return turns;
    }
  }

  /**
   * Creates the conversation where it is new, with the voice that it keeps, and adds the turn; in
   * the tenant's transaction.
   */
  void add(UUID tenant, Answer answer, String question, String standalone, AdapterSet voice) {
    var sql =
        """
        insert into conversation (id, tenant_id, adapters, scales)
        values (?, ?, ?, ?)
        on conflict (id) do nothing;
        insert into turn (tenant_id, conversation_id, answer_id, question, standalone, outcome, reply)
        values (?, ?, ?, ?, ?, ?, ?)
        """;
    try (var connection = database.getConnection();
        var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, answer.conversationId());
      statement.setObject(2, tenant);
      var names = voice.adapters().stream().map(AdapterSet.Scaled::name).toArray();
      var scales = voice.adapters().stream().map(AdapterSet.Scaled::scale).toArray();
      statement.setArray(3, connection.createArrayOf("text", names));
      statement.setArray(4, connection.createArrayOf("float4", scales));
      statement.setObject(5, tenant);
      statement.setObject(6, answer.conversationId());
      statement.setObject(7, answer.answerId());
      statement.setString(8, question);
      statement.setString(9, standalone);
      statement.setString(10, answer.outcome());
      statement.setString(11, answer.text());
      statement.execute();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot record the turn", e);
    }
  }
}
