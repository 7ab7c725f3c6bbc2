package io.candor.knowledge;

import io.candor.CandorParts;
import io.candor.security.Administration;
import io.candor.security.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;

/** A new tenant in the running database, with a key that may do everything. */
record TestTenant(UUID id, String name, String key) {
  static TestTenant create() throws SQLException {
    var name = "t" + UUID.randomUUID().toString().substring(0, 8);
    try (var owner = connect("quarkus.flyway")) {
      var id = Administration.createTenant(owner, name);
      var key = Administration.createKey(owner, name, EnumSet.allOf(Scope.class));
      return new TestTenant(id, name, key);
    }
  }

  /** The rows of a query that sees what this tenant may see, as text. */
  List<String> select(String sql) throws SQLException {
    try (var connection = connect("quarkus.datasource");
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("select set_config('candor.tenant', '%s', true)".formatted(id));
      var found = new ArrayList<String>();
      try (var rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
      return found;
    }
  }

  /** What the tenant knows, without random ids and without when it was recorded. */
  List<String> knowledge() throws SQLException {
    return select(
        """
        select concat_ws(' ', d.key, v.number, v.title, md5(v.text), v.event_id, p.valid_from, p.valid_until,
                         (select string_agg(concat_ws(' ', c.ordinal, c.start_at, c.end_at, c.content_hash, e.model,
                                                      md5(e.vector::text)), ',' order by c.ordinal)
                          from chunk c left join embedding e using (tenant_id, content_hash)
                          where c.version_id = v.id))
        from document d join version v on v.document_id = d.id
        left join validity p on p.version_id = v.id and p.recorded_until = 'infinity'
        order by 1
        """);
  }

  static Connection connect(String prefix) throws SQLException {
    return CandorParts.connect(prefix);
  }
}
