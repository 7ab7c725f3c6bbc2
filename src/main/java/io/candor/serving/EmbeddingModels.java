package io.candor.serving;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The embedding models that this server can run: the bundled one and those configured. A model is
 * loaded when it is first asked for. Which of them searches is written in the database, so that all
 * replicas change over at once.
 */
@Singleton
public final class EmbeddingModels {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

  private final String use;
  private final Map<String, Supplier<TextEmbeddingModel>> makers = new ConcurrentHashMap<>();
  private final Map<String, TextEmbeddingModel> loaded = new ConcurrentHashMap<>();

  @Inject
  EmbeddingModels(ServingConfig config, BgeEmbeddingModel bundled) {
    use = config.embedding().use();
    config.embedding().models().forEach((name, model) -> add(name, model, config));
    makers.put(BgeEmbeddingModel.NAME, () -> bundled);
    if (!makers.containsKey(use)) {
      throw new IllegalArgumentException(
          "candor.serving.embedding.use names %s, but there is only %s: configure candor.serving.embedding.models.%s"
              .formatted(use, makers.keySet(), use));
    }
  }

  /** For tools and tests: these models, the first of which is to search. */
  public EmbeddingModels(TextEmbeddingModel... models) {
    use = models[0].modelName();
    for (var model : models) {
      makers.put(model.modelName(), () -> model);
    }
  }

  private void add(String name, ServingConfig.EmbeddingModelConfig model, ServingConfig config) {
    var key = "candor.serving.embedding.models." + name;
    require(
        NAME.matcher(name).matches() && !name.equals(BgeEmbeddingModel.NAME),
        key + ": a name is of a-z, 0-9, '.', '_' and '-', and not the bundled model's");
    require(
        model.url().isPresent() != model.onnx().isPresent(),
        key + " needs either url or onnx, and not both");
    makers.put(
        name,
        model.url().isPresent()
            ? () -> new RemoteEmbeddingModel(name, model)
            : () -> local(name, key, model, config.embedding().threads()));
  }

  private static TextEmbeddingModel local(
      String name, String key, ServingConfig.EmbeddingModelConfig model, int threads) {
    var settings =
        new OnnxEmbeddingModel.Settings(
            name,
            model.pooling(),
            model.queryPrefix().orElse(""),
            model.passagePrefix().orElse(""),
            model.maxTokens(),
            threads);
    var onnx = readable(key + ".onnx", model.onnx());
    var tokenizer = readable(key + ".tokenizer", model.tokenizer());
    return new OnnxEmbeddingModel(settings, new EncoderFiles.OnDisk(onnx, tokenizer));
  }

  private static Path readable(String key, Optional<Path> file) {
    require(file.isPresent() && Files.isReadable(file.get()), key + " is no file that can be read");
    return file.get();
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** The name of the model that the operator wants to search. */
  public String use() {
    return use;
  }

  /** The model of that name, or none if this server does not know it. */
  public Optional<TextEmbeddingModel> find(String name) {
    return Optional.ofNullable(makers.get(name))
        .map(maker -> loaded.computeIfAbsent(name, _ -> maker.get()));
  }

  /** The model of that name, which the database says is in use. */
  public TextEmbeddingModel get(String name) {
    return find(name)
        .orElseThrow(() ->
            new IllegalStateException(
                """
                the vectors in the database are of the embedding model %s, which this server does not know: \
                configure candor.serving.embedding.models.%s again; then set candor.serving.embedding.use to the \
                model that you want, and it is changed over to without a pause\
                """
                    .formatted(name, name)));
  }

  @PreDestroy
  void close() {
    loaded.values().forEach(TextEmbeddingModel::close);
  }
}
