package io.candor.serving;

import io.candor.serving.TenantVoice.Canary;
import io.candor.serving.TenantVoice.Change;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** The voices that one tenant had, over a connection confined to it. The last row counts. */
final class VoiceRows {
  private static final String COLUMNS =
      """
      select number, change, set_at, set_by, previous, canary_share,
             adapters, scales, canary_adapters, canary_scales,
             array(select adapter.sha256
                   from unnest(adapters) with ordinality used (name, place)
                   left join adapter using (name)
                   order by place) as hashes,
             array(select adapter.sha256
                   from unnest(canary_adapters) with ordinality used (name, place)
                   left join adapter using (name)
                   order by place) as canary_hashes
      from voice
      """;

  private final Connection connection;

  VoiceRows(Connection connection) {
    this.connection = connection;
  }

  /** The voice that counts now. */
  TenantVoice latest() throws SQLException {
    return latest(1).stream().findFirst().orElse(TenantVoice.BASE);
  }

  /** The last so many, the latest first. */
  List<TenantVoice> latest(int most) throws SQLException {
    try (var statement =
        connection.prepareStatement(COLUMNS + " order by number desc limit " + most)) {
      return voices(statement);
    }
  }

  /** One that counted before. */
  TenantVoice numbered(long number) throws SQLException {
    try (var statement = connection.prepareStatement(COLUMNS + " where number = ?")) {
      statement.setLong(1, number);
      return voices(statement).getFirst();
    }
  }

  private static List<TenantVoice> voices(PreparedStatement statement) throws SQLException {
    try (var rows = statement.executeQuery()) {
      var voices = new ArrayList<TenantVoice>();
      while (rows.next()) {
        voices.add(voice(rows));
      }
      return voices;
    }
  }

  private static TenantVoice voice(ResultSet row) throws SQLException {
    var share = row.getDouble("canary_share");
    var candidate = set(row, "canary_adapters", "canary_scales", "canary_hashes");
    var change =
        new Change(
            row.getLong("number"),
            row.getString("change"),
            row.getObject("set_at", OffsetDateTime.class).toInstant(),
            row.getString("set_by"),
            Optional.ofNullable(row.getObject("previous", Long.class)));
    return new TenantVoice(
        set(row, "adapters", "scales", "hashes"),
        share > 0 ? Optional.of(new Canary(candidate, share)) : Optional.empty(),
        Optional.of(change));
  }

  private static AdapterSet set(ResultSet row, String names, String scales, String hashes)
      throws SQLException {
    var name = (String[]) row.getArray(names).getArray();
    var scale = (Float[]) row.getArray(scales).getArray();
    var sha256 = (String[]) row.getArray(hashes).getArray();
    return new AdapterSet(
        IntStream.range(0, name.length)
            .filter(i -> sha256[i] != null)
            .mapToObj(i -> new AdapterSet.Scaled(name[i], sha256[i], scale[i]))
            .toList());
  }

  /** The adapters of a voice that were removed since. */
  List<String> removed(long number) throws SQLException {
    var sql =
        """
        select used.name
        from voice cross join lateral unnest(adapters || canary_adapters) used (name)
        where number = ? and not exists (select from adapter where adapter.name = used.name)
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setLong(1, number);
      var names = new ArrayList<String>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          names.add(rows.getString(1));
        }
      }
      return names;
    }
  }

  /**
   * Has a voice count from now on.
   *
   * @param kind set or rollback
   * @param previous which one the next rollback goes to; empty for the base's own
   */
  void add(UUID tenant, TenantVoice voice, String kind, String by, Optional<Long> previous)
      throws SQLException {
    var candidate = voice.canary().map(Canary::candidate).orElse(AdapterSet.NONE);
    var sql =
        """
        insert into voice (tenant_id, adapters, scales, canary_adapters, canary_scales, canary_share,
                           change, set_by, previous)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, tenant);
      statement.setArray(2, names(voice.active()));
      statement.setArray(3, scales(voice.active()));
      statement.setArray(4, names(candidate));
      statement.setArray(5, scales(candidate));
      statement.setDouble(6, voice.canary().map(Canary::share).orElse(0.0));
      statement.setString(7, kind);
      statement.setString(8, by);
      statement.setObject(9, previous.orElse(null), Types.BIGINT);
      statement.executeUpdate();
    }
  }

  private Array names(AdapterSet adapters) throws SQLException {
    return connection.createArrayOf("text", adapters.names().toArray());
  }

  private Array scales(AdapterSet adapters) throws SQLException {
    var scales = adapters.adapters().stream().map(AdapterSet.Scaled::scale).toArray();
    return connection.createArrayOf("float4", scales);
  }
}
