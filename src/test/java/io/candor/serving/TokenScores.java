package io.candor.serving;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How likely the engine finds tokens, for tests that compare it with others' programs. */
public final class TokenScores implements AutoCloseable {
  private final LlamaEngine engine;

  public TokenScores(Path model) {
    var settings =
        new LlamaSettings(
            LocalModel.libraries(),
            model,
            2,
            512,
            1,
            64,
            2,
            64,
            Duration.ofMinutes(2),
            Duration.ofSeconds(30),
            false);
    var llama = LlamaNative.load(settings.libraries());
    engine = new LlamaEngine(llama, llama.open(model), settings, TokenScores::asStored);
  }

  private static LlamaAdapters.Found asStored(String file) {
    return new LlamaAdapters.Found(Path.of(file), Optional.empty());
  }

  /** The natural log-probability of each token after the first, as the base finds them. */
  public List<Double> of(int... tokens) {
    return score(tokens, AdapterSet.NONE);
  }

  /** The same with an adapter, a GGUF file. */
  public List<Double> with(Path adapter, int... tokens) {
    var file = adapter.toString();
    return score(tokens, new AdapterSet(List.of(new AdapterSet.Scaled("tested", file, 1))));
  }

  private List<Double> score(int[] tokens, AdapterSet adapters) {
    var scoring = new Scoring(tokens, 1, adapters);
    engine.submit(scoring);
    return scoring.result().join();
  }

  @Override
  public void close() {
    engine.close();
  }
}
