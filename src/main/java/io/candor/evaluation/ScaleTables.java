package io.candor.evaluation;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The product's tables while a corpus is loaded: the large indexes are built when it is there,
 * which is how an operator would load a million passages. Every step is noted when it is done, so
 * that a run that was stopped goes on.
 */
final class ScaleTables {
  private static final List<String> LOADED =
      List.of(
          "document",
          "version",
          "validity",
          "passage",
          "chunk",
          "embedding",
          "posting",
          "spelling");

  /** What passages' trigger writes, for all of them at once. */
  private static final String POSTINGS =
      """
      insert into posting (tenant_id, lexeme, passage, frequency, length)
      select p.tenant_id, w.*
      from passage p
      cross join lateral postings_of(p.content_hash, p.lexemes) w
      where p.tenant_id in ('%s', '%s')
      """;

  private final Connection owner;
  private final PrintStream out;

  ScaleTables(Connection owner, PrintStream out) throws SQLException {
    this.owner = owner;
    this.out = out;
    execute("set maintenance_work_mem = '2GB'");
    execute(
        "create table if not exists scale_step (step text primary key, ordinal serial, seconds float8 not null)");
    execute(
        "create table if not exists scale_index (name text primary key, definition text not null)");
  }

  /** One piece of work. */
  interface Work {
    void run() throws Exception;
  }

  /** Does it, unless an earlier run did. */
  void step(String name, Work work) throws Exception {
    if (!texts("select step from scale_step where step = '%s'".formatted(name)).isEmpty()) {
      out.printf("%s: done before%n", name);
      return;
    }
    out.println(name);
    long start = System.nanoTime();
    work.run();
    execute(
        "insert into scale_step (step, seconds) values ('%s', %s)"
            .formatted(name, (System.nanoTime() - start) / 1e9));
  }

  /** Seconds by step. */
  Map<String, Double> times() throws SQLException {
    var times = new LinkedHashMap<String, Double>();
    try (var statement = owner.createStatement();
        var rows =
            statement.executeQuery("select step, seconds from scale_step order by ordinal")) {
      while (rows.next()) {
        times.put(rows.getString(1), rows.getDouble(2));
      }
    }
    return times;
  }

  /** Lets the owner write for any tenant, and leaves out what is built afterwards. */
  void open() throws SQLException {
    for (var table : LOADED) {
      execute("alter table %s no force row level security".formatted(table));
    }
    execute("alter table passage disable trigger passage_posts_lexemes");
    execute(
        """
        insert into scale_index
        select indexname, indexdef from pg_indexes
        where schemaname = 'public' and (tablename = 'posting' or indexdef like '%USING hnsw%')
        on conflict do nothing
        """);
    for (var name : texts("select name from scale_index")) {
      execute("drop index if exists " + name);
    }
  }

  void post(UUID large, UUID small) throws SQLException {
    execute(POSTINGS.formatted(large, small));
  }

  /** The indexes that {@link #open} left out. */
  List<String> indexes() throws SQLException {
    return texts("select name from scale_index order by name");
  }

  void build(String index) throws SQLException {
    execute("drop index if exists " + index);
    execute(
        texts("select definition from scale_index where name = '%s'".formatted(index)).getFirst());
  }

  /** As it was: forced row-level security, and the trigger. */
  void close() throws SQLException {
    for (var table : LOADED) {
      execute("alter table %s force row level security".formatted(table));
    }
    execute("alter table passage enable trigger passage_posts_lexemes");
    execute("vacuum analyze");
  }

  /** Bytes of the largest tables and indexes, by name. */
  Map<String, Long> sizes() throws SQLException {
    var sizes = new LinkedHashMap<String, Long>();
    try (var statement = owner.createStatement();
        var rows =
            statement.executeQuery(
                """
                select relname, pg_relation_size(oid) from pg_class
                where relnamespace = 'public'::regnamespace and relkind in ('r', 'i')
                order by 2 desc limit 10
                """)) {
      while (rows.next()) {
        sizes.put(rows.getString(1), rows.getLong(2));
      }
    }
    return sizes;
  }

  private List<String> texts(String sql) throws SQLException {
    var texts = new ArrayList<String>();
    try (var statement = owner.createStatement();
        var rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }

  private void execute(String sql) throws SQLException {
    try (var statement = owner.createStatement()) {
      statement.execute(sql);
    }
  }
}
