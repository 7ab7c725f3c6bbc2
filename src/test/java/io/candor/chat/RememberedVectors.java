package io.candor.chat;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import io.candor.serving.BgeEmbeddingModel;
import io.candor.serving.TextEmbeddingModel;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The bundled embedding model, whose vectors a file remembers from one run to the next. */
final class RememberedVectors implements TextEmbeddingModel {
  private final BgeEmbeddingModel model = new BgeEmbeddingModel();
  private final Map<String, float[]> vectors = new HashMap<>();
  private final Path file;

  RememberedVectors(Path file) throws IOException {
    this.file = file;
    if (Files.exists(file)) {
      try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
        for (int left = in.readInt(); left > 0; left--) {
          var text = in.readUTF();
          var vector = new float[BgeEmbeddingModel.DIMENSION];
          for (int i = 0; i < vector.length; i++) {
            vector[i] = in.readFloat();
          }
          vectors.put(text, vector);
        }
      }
    }
  }

  @Override
  public Embedding embedQuery(String query) {
    return Embedding.from(vector("?" + query, () -> model.embedQuery(query).vector()));
  }

  @Override
  public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
    return Response.from(
        segments.stream()
            .map(segment ->
                Embedding.from(
                    vector(
                        "." + segment.text(),
                        () -> model.embed(segment.text()).content().vector())))
            .toList());
  }

  private float[] vector(String key, Supplier<float[]> maker) {
    return vectors.computeIfAbsent(key, _ -> maker.get());
  }

  @Override
  public String modelName() {
    return model.modelName();
  }

  @Override
  public int dimension() {
    return model.dimension();
  }

  @Override
  public void close() {
    try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeInt(vectors.size());
      for (var entry : vectors.entrySet()) {
        out.writeUTF(entry.getKey());
        for (float x : entry.getValue()) {
          out.writeFloat(x);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    model.close();
  }
}
