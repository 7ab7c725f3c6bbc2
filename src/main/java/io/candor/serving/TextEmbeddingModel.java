package io.candor.serving;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.model.embedding.EmbeddingModel;

/**
 * An embedding model for search: LangChain4j's methods embed passages for {@code knowledge}, and
 * {@link #embedQuery} the questions of {@code retrieval}, before which many models want other
 * words. {@link EmbeddingModels} makes and names them. Thread-safe.
 */
public interface TextEmbeddingModel extends EmbeddingModel, AutoCloseable {
  /** The vector of a question, of {@link #dimension()} numbers. */
  Embedding embedQuery(String query);

  /** The name stored with every vector; a vector of another name is not comparable. */
  @Override
  String modelName();

  @Override
  void close();
}
