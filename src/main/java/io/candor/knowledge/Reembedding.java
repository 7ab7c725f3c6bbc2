package io.candor.knowledge;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.store.embedding.CosineSimilarity;
import io.candor.serving.EmbeddingModels;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Sees to it, from the server's start on, that the model which the operator wants is the one that
 * searches. It refuses to start where searches could not be right: without the active model.
 */
@ApplicationScoped
public class Reembedding {
  private static final Logger LOG = Logger.getLogger(Reembedding.class);
  private static final Duration GRACE = Duration.ofSeconds(10);

  /** Vectors of one model differ by rounding between machines; those of two, by far more. */
  private static final double SAME = 0.99;

  private final DataSource database;
  private final EmbeddingModels models;
  private final ReembeddingJob job;
  private Thread thread;

  Reembedding(Transactions transactions, DataSource database, EmbeddingModels models) {
    this.database = database;
    this.models = models;
    this.job = new ReembeddingJob(transactions, database, models, models.use());
  }

  void start(@Observes StartupEvent event) throws SQLException {
    try (var connection = database.getConnection()) {
      for (var model : StoredModel.all(connection)) {
        if (model.isActive() || model.name().equals(models.use())) {
          check(model, StoredModel.probe(connection, model.name()));
        }
      }
    }
    thread = Thread.ofPlatform().name("re-embedding").daemon().start(job);
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    if (thread != null) {
      thread.interrupt();
      thread.join(GRACE);
    }
  }

  public ReembeddingProgress progress() {
    return job.progress();
  }

  /** An endpoint that is away is not another model; searches fail until it is back. */
  private void check(StoredModel stored, Optional<float[]> before) {
    var model = models.get(stored.name());
    float[] probe;
    try {
      probe = model.embed(StoredModel.PROBE).content().vector();
    } catch (IllegalStateException e) {
      LOG.warn(e.getMessage());
      return;
    }
    boolean same =
        probe.length == stored.dimension()
            && before.map(vector -> similarity(vector, probe)).orElse(1.0) > SAME;
    if (!same) {
      throw new IllegalStateException(
          """
          the embedding model %s is not the one that made the vectors in the database under this name: configure it as \
          it was, or give the other model a name of its own\
          """
              .formatted(stored.name()));
    }
  }

  private static double similarity(float[] one, float[] other) {
    return CosineSimilarity.between(Embedding.from(one), Embedding.from(other));
  }
}
