package io.candor.knowledge;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What an operator does to stored vectors, over a connection of the role that owns the tables. */
public final class EmbeddingAdministration {
  private EmbeddingAdministration() {}

  /**
   * A model with vectors.
   *
   * @param state filling, active or retired
   * @param bytes that its vectors and their index take
   */
  public record Stored(String name, int dimension, String state, long bytes) {}

  /** The models, in the order of their registration. */
  public static List<Stored> list(Connection owner) throws SQLException {
    var sql =
        """
        select name, dimension, state,
               coalesce(pg_total_relation_size(to_regclass('embedding_' || id)), 0) as bytes
        from embedding_model
        order by id
        """;
    try (var statement = owner.prepareStatement(sql);
        var rows = statement.executeQuery()) {
      var models = new ArrayList<Stored>();
      while (rows.next()) {
        models.add(
            new Stored(
                rows.getString("name"),
                rows.getInt("dimension"),
                rows.getString("state"),
                rows.getLong("bytes")));
      }
      return models;
    }
  }

  /**
   * Deletes a model's vectors, unless it searches or did so a minute ago, when searches that began
   * with it may still run. Searches and writers go on meanwhile.
   *
   * @param owner in auto-commit mode
   */
  public static void drop(Connection owner, String name) throws SQLException {
    var partition = retire(owner, name);
    try (var statement = owner.createStatement()) {
      try (var attached =
          statement.executeQuery(
              "select from pg_inherits where inhrelid = to_regclass('%s')".formatted(partition))) {
        if (attached.next()) {
          statement.execute(
              "alter table embedding detach partition %s concurrently".formatted(partition));
        }
      }
      statement.execute("drop table if exists " + partition);
    }
    try (var statement = owner.prepareStatement("delete from embedding_model where name = ?")) {
      statement.setString(1, name);
      statement.executeUpdate();
    }
  }

  /** Tells writers to leave the model alone; returns its partition. */
  private static String retire(Connection owner, String name) throws SQLException {
    var sql =
        """
        update embedding_model set state = 'retired'
        from lock_embedding_models(shared => false)
        where name = ? and state <> 'active'
          and (state = 'filling' or since < now() - interval '1 minute')
        returning id
        """;
    try (var statement = owner.prepareStatement(sql)) {
      statement.setString(1, name);
      try (var rows = statement.executeQuery()) {
        if (!rows.next()) {
          throw new IllegalArgumentException(
              "%s has no vectors, or searches, or did so until a minute ago".formatted(name));
        }
        return "embedding_" + rows.getInt("id");
      }
    }
  }
}
