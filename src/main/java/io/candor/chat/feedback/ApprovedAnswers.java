package io.candor.chat.feedback;

import io.candor.security.TenantTransaction;
import io.candor.serving.EmbeddingModels;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Answers that a reviewer approved, by the nearness of their questions: examples that {@code chat}
 * may show the model before it speaks, which is the way to a voice without training.
 */
@ApplicationScoped
public class ApprovedAnswers {
  private final TenantTransaction transaction;
  private final DataSource database;
  private final EmbeddingModels embeddings;

  ApprovedAnswers(TenantTransaction transaction, DataSource database, EmbeddingModels embeddings) {
    this.transaction = transaction;
    this.database = database;
    this.embeddings = embeddings;
  }

  /** What the model was asked, and the words that were approved for it. */
  public record Exchange(String user, String assistant) {}

  /**
   * Those of the nearest questions, the nearest last, where the model heeds it most.
   *
   * @param most 0 for none, which asks nothing of the database
   */
  public List<Exchange> near(UUID tenant, String question, int most) {
    if (most == 0) {
      return List.of();
    }
    var model = embeddings.get(embeddings.use());
    var vector = model.embedQuery(question).vector();
    return transaction.call(
        tenant,
        () -> {
          try (var connection = database.getConnection()) {
            return new FeedbackRows(connection).near(vector, model.modelName(), most).reversed();
          }
        });
  }
}
