package io.candor.serving;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.candor.serving.LlamaLibraries.Function;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.function.Supplier;

/** The choice of tokens in one generation; it holds the state of the random numbers. */
final class LlamaSampler implements AutoCloseable {
  private final LlamaNative llama;
  private final MemorySegment chain;
  private final Optional<LlamaGrammar> grammar;

  LlamaSampler(LlamaNative llama, LlamaModel model, Sampling sampling) {
    this.llama = llama;
    grammar = sampling.grammar().map(model::newGrammar);
    var struct = LlamaLayouts.SAMPLER_CHAIN_PARAMS;
    try (var arena = Arena.ofConfined()) {
      chain =
          llama
              .function("llama_sampler_chain_init", ADDRESS, struct)
              .callPointer(llama.defaults("llama_sampler_chain_default_params", struct, arena));
    }
    if (sampling.temperature() == 0) {
      add("greedy", new MemoryLayout[0]);
      return;
    }
    if (sampling.topK() > 0) {
      add("top_k", new MemoryLayout[] {JAVA_INT}, sampling.topK());
    }
    if (sampling.topP() < 1) {
      add("top_p", new MemoryLayout[] {JAVA_FLOAT, JAVA_LONG}, (float) sampling.topP(), 1L);
    }
    add("temp", new MemoryLayout[] {JAVA_FLOAT}, (float) sampling.temperature());
    add("dist", new MemoryLayout[] {JAVA_INT}, sampling.seed());
  }

  /**
   * Chooses the token that follows a row of a context's last batch.
   *
   * @param sample llama.cpp's function, which is asked for every token
   * @param scores of all tokens there
   */
  int sample(Function sample, MemorySegment context, int row, Supplier<MemorySegment> scores) {
    int chosen = sample.callInt(chain, context, row);
    return grammar.map(g -> g.next(chosen, scores.get(), chain)).orElse(chosen);
  }

  private void add(String kind, MemoryLayout[] types, Object... arguments) {
    var sampler =
        llama.function("llama_sampler_init_" + kind, ADDRESS, types).callPointer(arguments);
    llama.function("llama_sampler_chain_add", null, ADDRESS, ADDRESS).call(chain, sampler);
  }

  @Override
  public void close() {
    grammar.ifPresent(LlamaGrammar::close);
    llama.function("llama_sampler_free", null, ADDRESS).call(chain);
  }
}
