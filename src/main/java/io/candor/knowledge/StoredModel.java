package io.candor.knowledge;

import com.pgvector.PGvector;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An embedding model whose vectors are stored: {@code retrieval} searches by the active one, and
 * whoever writes passages embeds them for every live one.
 *
 * @param name safe to stand in a statement's text, as does the dimension: so the planner can use
 *     them
 * @param dimension the length of its vectors
 */
public record StoredModel(String name, int dimension, State state) {
  /** The sentence by whose vector another model under the same name is found out. */
  static final String PROBE = "Refunds are paid within 14 days of the return reaching us.";

  /** What pgvector's HNSW index takes. */
  private static final int MOST_DIMENSIONS = 2000;

  /** Where a model is in its life. */
  public enum State {
    /** Vectors are being made of the passages there are; new passages get theirs at once. */
    FILLING,
    /** Searched: every passage has a vector. The only one in this state. */
    ACTIVE,
    /** Its vectors stay as they are, until dropped or filled again. */
    RETIRED
  }

  public StoredModel {
    if (!name.matches("[a-z0-9][a-z0-9._-]*") || dimension < 1) {
      throw new IllegalArgumentException("no embedding model: %s, %d".formatted(name, dimension));
    }
  }

  public boolean isActive() {
    return state == State.ACTIVE;
  }

  /** Every model, in the order of their registration. */
  public static List<StoredModel> all(Connection connection) throws SQLException {
    var sql = "select name, dimension, upper(state) as state from embedding_model order by id";
    var models = new ArrayList<StoredModel>();
    try (var statement = connection.prepareStatement(sql);
        var rows = statement.executeQuery()) {
      while (rows.next()) {
        models.add(
            new StoredModel(
                rows.getString("name"),
                rows.getInt("dimension"),
                State.valueOf(rows.getString("state"))));
      }
    }
    return models;
  }

  /** The model that searches. */
  public static StoredModel active(Connection connection) throws SQLException {
    return all(connection).stream().filter(StoredModel::isActive).findFirst().orElseThrow();
  }

  /** The models of which a new passage needs vectors. */
  static List<StoredModel> live(Connection connection) throws SQLException {
    return all(connection).stream().filter(model -> model.state != State.RETIRED).toList();
  }

  /** The vector that a model made of {@link #PROBE} when it was registered. */
  static Optional<float[]> probe(Connection connection, String name) throws SQLException {
    var sql = "select probe::text from embedding_model where name = ? and probe is not null";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, name);
      try (var rows = statement.executeQuery()) {
        return rows.next()
            ? Optional.of(new PGvector(rows.getString(1)).toArray())
            : Optional.empty();
      }
    }
  }

  /** Holds what {@link #active} says until the transaction ends. */
  static void holdStill(Connection connection) throws SQLException {
    try (var statement =
        connection.prepareStatement("select lock_embedding_models(shared => true)")) {
      statement.execute();
    }
  }

  /** Registers a model, new or retired, to be filled; one that is live is left as it is. */
  static void register(Connection connection, String name, float[] probe) throws SQLException {
    if (probe.length > MOST_DIMENSIONS) {
      throw new IllegalArgumentException(
          "%s makes vectors of %d numbers, of which the index takes %d: set its dimension to less, if it can"
              .formatted(name, probe.length, MOST_DIMENSIONS));
    }
    try (var statement =
        connection.prepareStatement("select register_embedding_model(?, ?, ?::vector)")) {
      statement.setString(1, name);
      statement.setInt(2, probe.length);
      statement.setString(3, new PGvector(probe).getValue());
      statement.execute();
    }
  }

  /** Makes a model the active one, unless it lacks a passage's vector; says whether it is. */
  static boolean activate(Connection connection, String name) throws SQLException {
    try (var statement = connection.prepareStatement("select activate_embedding_model(?)")) {
      statement.setString(1, name);
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getBoolean(1);
      }
    }
  }
}
