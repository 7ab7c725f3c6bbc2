package io.candor.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/** The adapters of one tenant in the database, over a connection confined to it. */
final class AdapterRows {
  private static final String COLUMNS =
      """
      select name, sha256, architecture, rank, weights, length(file) as bytes, recorded_at,
             run #>> '{base,sha256}' as base, run #>> '{dataset,sha256}' as dataset,
             (select passed from adapter_verdict
              where adapter_verdict.adapter = adapter.name order by number desc limit 1) as passed
      from adapter
      """;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int VERDICTS_SHOWN = 20;
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
        row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getString("base")),
        Optional.ofNullable(row.getString("dataset")),
        Optional.ofNullable(row.getObject("passed", Boolean.class)));
  }

  /**
   * Stores a file under a name; the same file again changes nothing.
   *
   * @throws NameTaken if the name stands for another file
   * @throws IllegalArgumentException if the file is no adapter
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
      throw new NameTaken(name);
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

  /** Keeps how an adapter was made, unless that is known. */
  void setRun(String name, TrainingRun run) throws SQLException {
    var sql = "update adapter set run = coalesce(run, ?::jsonb) where name = ?";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, run.json().toString());
      statement.setString(2, name);
      statement.executeUpdate();
    }
  }

  /** Keeps what the gate found. */
  void addVerdict(UUID tenant, String name, boolean passed, String verdict) throws SQLException {
    var sql =
        """
        insert into adapter_verdict (tenant_id, adapter, passed, verdict) values (?, ?, ?, ?::jsonb)
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, tenant);
      statement.setString(2, name);
      statement.setBoolean(3, passed);
      statement.setString(4, verdict);
      statement.executeUpdate();
    }
  }

  /** An adapter's run.json, then its verdicts, the latest first. */
  AdapterVersion version(StoredAdapter adapter) throws SQLException, IOException {
    var run =
        documents("select run from adapter where name = ? and run is not null", adapter.name());
    var verdicts =
        documents(
            """
            select verdict || jsonb_build_object('judged_at', judged_at)
            from adapter_verdict
            where adapter = ?
            order by number desc
            limit %d
            """
                .formatted(VERDICTS_SHOWN),
            adapter.name());
    return new AdapterVersion(adapter, run.stream().findFirst(), verdicts);
  }

  private List<JsonNode> documents(String sql, String name) throws SQLException, IOException {
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, name);
      var found = new ArrayList<JsonNode>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(JSON.readTree(rows.getString(1)));
        }
      }
      return found;
    }
  }
}
