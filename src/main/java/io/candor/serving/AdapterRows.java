package io.candor.serving;

import io.candor.serving.lora.LoraAdapter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The adapters and voices of one tenant in the database, over a connection confined to it. */
final class AdapterRows {
  private static final String COLUMNS =
      "select name, sha256, architecture, rank, weights, length(file) as bytes, recorded_at from adapter";

  private static final String NAME = "[a-z0-9][a-z0-9._-]{0,62}";

  private final Connection connection;

  AdapterRows(Connection connection) {
    this.connection = connection;
  }

  List<StoredAdapter> all() throws SQLException {
    try (var statement = connection.prepareStatement(COLUMNS + " order by name");
        var rows = statement.executeQuery()) {
      var adapters = new ArrayList<StoredAdapter>();
      while (rows.next()) {
        adapters.add(adapter(rows));
      }
      return adapters;
    }
  }

  Optional<StoredAdapter> find(String name) throws SQLException {
    try (var statement = connection.prepareStatement(COLUMNS + " where name = ?")) {
      statement.setString(1, name);
      try (var rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(adapter(rows)) : Optional.empty();
      }
    }
  }

  StoredAdapter required(String name) throws SQLException {
    return find(name)
        .orElseThrow(
            () -> new IllegalArgumentException("there is no adapter '%s'".formatted(name)));
  }

  private static StoredAdapter adapter(ResultSet row) throws SQLException {
    return new StoredAdapter(
        row.getString("name"),
        row.getString("sha256"),
        row.getString("architecture"),
        row.getInt("rank"),
        row.getInt("weights"),
        row.getLong("bytes"),
        row.getObject("recorded_at", OffsetDateTime.class).toInstant());
  }

  /**
   * Stores a file under a name; the same file again changes nothing.
   *
   * @throws IllegalArgumentException if the name stands for another file, or the file is no adapter
   */
  StoredAdapter add(UUID tenant, String name, Path file) throws SQLException, IOException {
    if (!name.matches(NAME) || name.equals(ModelIdentity.NO_ADAPTER)) {
      throw new IllegalArgumentException(
          "'%s' is no name for an adapter: that has up to 63 of a-z, 0-9, '.', '_' and '-'"
              .formatted(name));
    }
    var adapter = LoraAdapter.read(file);
    var sha256 = ModelIdentity.hash(file);
    var sql =
        """
        insert into adapter (tenant_id, name, sha256, file, architecture, rank, weights)
        values (?, ?, ?, ?, ?, ?, ?)
        on conflict do nothing
        """;
    try (var statement = connection.prepareStatement(sql);
        var in = Files.newInputStream(file)) {
      statement.setObject(1, tenant);
      statement.setString(2, name);
      statement.setString(3, sha256);
      statement.setBinaryStream(4, in, Files.size(file));
      statement.setString(5, adapter.architecture());
      statement.setInt(6, Math.toIntExact(adapter.rank()));
      statement.setInt(7, adapter.pairs().size());
      statement.executeUpdate();
    }
    var stored = find(name).orElseThrow();
    if (!stored.sha256().equals(sha256)) {
      throw new IllegalArgumentException(
          "there is an adapter '%s' of other content; a name stands for one content for ever"
              .formatted(name));
    }
    return stored;
  }

  /** Writes an adapter's content to a file. */
  void write(String name, Path out) throws SQLException, IOException {
    try (var statement = connection.prepareStatement("select file from adapter where name = ?")) {
      statement.setString(1, name);
      try (var rows = statement.executeQuery()) {
        rows.next();
        try (InputStream in = rows.getBinaryStream("file")) {
          Files.copy(in, out);
        }
      }
    }
  }

  void remove(String name) throws SQLException {
    try (var statement = connection.prepareStatement("delete from adapter where name = ?")) {
      statement.setString(1, name);
      statement.executeUpdate();
    }
  }

  /** The voice that counts now. */
  AdapterSet voice() throws SQLException {
    var sql =
        """
        select used.name, adapter.sha256, used.scale
        from (select adapters, scales from voice order by number desc limit 1) latest
        cross join lateral unnest(latest.adapters, latest.scales) with ordinality as used (name, scale, place)
        join adapter using (name)
        order by used.place
        """;
    try (var statement = connection.prepareStatement(sql);
        var rows = statement.executeQuery()) {
      var adapters = new ArrayList<AdapterSet.Scaled>();
      while (rows.next()) {
        adapters.add(
            new AdapterSet.Scaled(
                rows.getString("name"), rows.getString("sha256"), rows.getFloat("scale")));
      }
      return new AdapterSet(adapters);
    }
  }

  void setVoice(UUID tenant, AdapterSet voice) throws SQLException {
    var names = voice.adapters().stream().map(AdapterSet.Scaled::name).toArray();
    var scales = voice.adapters().stream().map(AdapterSet.Scaled::scale).toArray();
    var sql = "insert into voice (tenant_id, adapters, scales) values (?, ?, ?)";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, tenant);
      statement.setArray(2, connection.createArrayOf("text", names));
      statement.setArray(3, connection.createArrayOf("float4", scales));
      statement.executeUpdate();
    }
  }
}
