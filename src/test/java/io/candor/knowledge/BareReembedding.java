package io.candor.knowledge;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import io.candor.serving.EmbeddingEndpoint;
import io.candor.serving.EmbeddingModels;
import io.candor.serving.TextEmbeddingModel;
import java.util.List;
import javax.sql.DataSource;

/** Re-embedding alone, without the server, so that a test can kill its process. */
final class BareReembedding {
  private BareReembedding() {}

  /** Changes to a model of hashed words: database URL, user, password, the model's name. */
  public static void main(String[] args) {
    var database = BareConsumer.pool(args[0], args[1], args[2]);
    job(database, new HashedWords(args[3], 3)).run();
  }

  static ReembeddingJob job(DataSource database, TextEmbeddingModel model) {
    return new ReembeddingJob(
        new BareConsumer.PlainTransactions(database),
        database,
        new EmbeddingModels(model),
        model.modelName());
  }

  /** A model that takes its time. */
  record HashedWords(String modelName, int millis) implements TextEmbeddingModel {
    @Override
    public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
      return Response.from(segments.stream().map(s -> embedQuery(s.text())).toList());
    }

    @Override
    public Embedding embedQuery(String query) {
      try {
        Thread.sleep(millis);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return Embedding.from(EmbeddingEndpoint.hashedWords(query));
    }

    @Override
    public void close() {}
  }
}
