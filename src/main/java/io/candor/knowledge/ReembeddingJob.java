package io.candor.knowledge;

import io.candor.serving.EmbeddingModels;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Changes over to the wanted embedding model: registers it, fills in the vectors of the passages
 * that have none, and makes it active. Each step can be done again, and what it did is in the
 * database, so that after a crash, or in another replica, the job goes on where it was.
 */
final class ReembeddingJob implements Runnable {
  /** Where the job is. */
  sealed interface Step {
    /** Writers do not know of the model yet. */
    record Register() implements Step {}

    /** New passages have vectors of the model; old ones are given theirs. */
    record Fill() implements Step {}

    /** No passage was found without a vector. */
    record Activate() implements Step {}

    /** The model searches. */
    record Done() implements Step {}
  }

  private static final Logger LOG = Logger.getLogger(ReembeddingJob.class);

  /** Passages embedded in one transaction, which has to end within a minute. */
  private static final int BATCH = 8;

  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration REPORT_EVERY = Duration.ofSeconds(30);

  private final Transactions transactions;
  private final DataSource database;
  private final EmbeddingModels models;
  private final String name;

  private long began;
  private long reported;
  private volatile ReembeddingProgress progress;

  /**
   * A job to be run by one thread.
   *
   * @param name of the wanted model
   */
  ReembeddingJob(
      Transactions transactions, DataSource database, EmbeddingModels models, String name) {
    this.transactions = transactions;
    this.database = database;
    this.models = models;
    this.name = name;
    this.progress = new ReembeddingProgress(name, false, 0, 0, 0, Optional.empty());
  }

  ReembeddingProgress progress() {
    return progress;
  }

  /** Returns when the model is active, or the thread is interrupted. */
  @Override
  public void run() {
    Step step = new Step.Register();
    try {
      while (!(step instanceof Step.Done)) {
        step = attempt(step);
      }
    } catch (InterruptedException e) {
      LOG.debug("asked to stop", e);
    }
  }

  /** A step that fails is tried again: an endpoint or a database may be away for a while. */
  private Step attempt(Step step) throws InterruptedException {
    try {
      var next = next(step);
      note(progress.active(), 0, Optional.empty());
      return next;
    } catch (SQLException | RuntimeException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      LOG.warnf("re-embedding with %s waits: %s", name, e.getMessage());
      note(false, 0, Optional.of(String.valueOf(e.getMessage())));
      Thread.sleep(PATIENCE);
      return step;
    }
  }

  private Step next(Step step) throws SQLException, InterruptedException {
    return switch (step) {
      case Step.Register _ -> register();
      case Step.Fill _ -> fill();
      case Step.Activate _ -> activate();
      case Step.Done done -> done;
    };
  }

  private Step register() throws SQLException {
    var probe = models.get(name).embed(StoredModel.PROBE).content().vector();
    try (var connection = database.getConnection()) {
      StoredModel.register(connection, name, probe);
      if (StoredModel.active(connection).name().equals(name)) {
        note(true, 0, Optional.empty());
        return new Step.Done();
      }
    }
    return new Step.Fill();
  }

  private Step fill() throws SQLException, InterruptedException {
    var tenants = tenants();
    long missing = 0;
    for (var tenant : tenants) {
      missing += transactions.call(tenant, connection -> countMissing(connection, tenant));
    }
    LOG.infof("re-embedding %,d passages with %s", missing, name);
    began = reported = System.nanoTime();
    progress = new ReembeddingProgress(name, false, 0, missing, 0, Optional.empty());
    for (var tenant : tenants) {
      if (!fill(tenant)) {
        return new Step.Register();
      }
    }
    return new Step.Activate();
  }

  /** Whether all of the tenant's passages were gone through; if not, another process is at it. */
  private boolean fill(UUID tenant) throws InterruptedException {
    var batch = new Batch(OptionalInt.of(0), new byte[0]);
    do {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      var after = batch.last();
      batch = transactions.call(tenant, connection -> fillBatch(connection, tenant, after));
      if (batch.size().isEmpty()) {
        Thread.sleep(PATIENCE);
        return false;
      }
      note(false, batch.size().getAsInt(), Optional.empty());
    } while (batch.size().getAsInt() == BATCH);
    return true;
  }

  /** Its size is empty if another process is at it. */
  private record Batch(OptionalInt size, byte[] last) {}

  /** One batch in one transaction, with the lock that keeps other replicas from the same work. */
  private Batch fillBatch(Connection connection, UUID tenant, byte[] after) throws SQLException {
    if (!lock(connection)) {
      return new Batch(OptionalInt.empty(), after);
    }
    var hashes = new ArrayList<byte[]>(BATCH);
    var texts = new ArrayList<String>(BATCH);
    var sql =
        """
        select content_hash, title, heading, text
        from passage p
        where tenant_id = ? and content_hash > ?
          and not exists (select from embedding e
                          where e.tenant_id = p.tenant_id and e.model = ?
                            and e.content_hash = p.content_hash)
        order by content_hash
        limit ?
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, tenant);
      statement.setBytes(2, after);
      statement.setString(3, name);
      statement.setInt(4, BATCH);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          var text = rows.getString("text");
          var passage = new Passage(0, text.length(), rows.getString("heading"), text);
          hashes.add(rows.getBytes("content_hash"));
          texts.add(passage.inContext(rows.getString("title")));
        }
      }
    }
    PassageVectors.of(models.get(name), hashes, texts).write(connection, tenant);
    return new Batch(OptionalInt.of(hashes.size()), hashes.isEmpty() ? after : hashes.getLast());
  }

  private static boolean lock(Connection connection) throws SQLException {
    var sql = "select pg_try_advisory_xact_lock(hashtextextended('re-embedding', 0))";
    try (var statement = connection.prepareStatement(sql);
        var rows = statement.executeQuery()) {
      rows.next();
      return rows.getBoolean(1);
    }
  }

  private Step activate() throws SQLException {
    try (var connection = database.getConnection()) {
      if (!StoredModel.activate(connection, name)) {
        return new Step.Register(); // a passage was written without it, or the model was dropped
      }
    }
    LOG.infof("%s is the embedding model that searches now", name);
    note(true, 0, Optional.empty());
    return new Step.Done();
  }

  private List<UUID> tenants() throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.prepareStatement("select tenant_ids()");
        var rows = statement.executeQuery()) {
      var tenants = new ArrayList<UUID>();
      while (rows.next()) {
        tenants.add(rows.getObject(1, UUID.class));
      }
      return tenants;
    }
  }

  private long countMissing(Connection connection, UUID tenant) throws SQLException {
    var sql =
        """
        select count(*)
        from passage p
        where tenant_id = ?
          and not exists (select from embedding e
                          where e.tenant_id = p.tenant_id and e.model = ?
                            and e.content_hash = p.content_hash)
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, tenant);
      statement.setString(2, name);
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  private void note(boolean active, int embedded, Optional<String> failure) {
    long done = progress.done() + embedded;
    double seconds = (System.nanoTime() - began) / 1e9;
    progress =
        new ReembeddingProgress(
            name, active, done, progress.total(), done == 0 ? 0 : done / seconds, failure);
    if (embedded > 0 && System.nanoTime() - reported > REPORT_EVERY.toNanos()) {
      reported = System.nanoTime();
      LOG.infof("re-embedding with %s: %s", name, progress);
    }
  }
}
