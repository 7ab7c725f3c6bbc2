package io.candor.serving;

import static io.candor.serving.LlamaLayouts.offset;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.candor.serving.LlamaLibraries.Function;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * What an answer may look like, in GBNF (grammars/README.md of llama.cpp), and how far one answer
 * is in it. To look at all tokens takes longer than a step of a small model, and what a model
 * chooses mostly fits: so the choice is tried first, and only one that does not fit is made again
 * among those that do. The probabilities are the same either way.
 */
final class LlamaGrammar implements AutoCloseable {
  private static final long TOKEN_BYTES = LlamaLayouts.TOKEN_DATA.byteSize();

  private final LlamaNative llama;
  private final Function apply;
  private final Function accept;
  private final MemorySegment grammar;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment candidates = arena.allocate(LlamaLayouts.TOKEN_DATA_ARRAY);
  private final MemorySegment one = arena.allocate(LlamaLayouts.TOKEN_DATA);
  private MemorySegment all;

  /**
   * Starts at the rule {@code root}.
   *
   * @throws IllegalArgumentException if llama.cpp cannot read the grammar
   */
  LlamaGrammar(LlamaNative llama, MemorySegment vocabulary, String gbnf) {
    this.llama = llama;
    apply = llama.function("llama_sampler_apply", null, ADDRESS, ADDRESS);
    accept = llama.function("llama_sampler_accept", null, ADDRESS, JAVA_INT);
    LlamaLog.lastErrors();
    grammar =
        llama
            .function("llama_sampler_init_grammar", ADDRESS, ADDRESS, ADDRESS, ADDRESS)
            .callPointer(vocabulary, arena.allocateFrom(gbnf), arena.allocateFrom("root"));
    if (grammar.equals(MemorySegment.NULL)) {
      arena.close();
      throw new IllegalArgumentException(
          "llama.cpp cannot read the grammar (%s)".formatted(LlamaLog.lastErrors()));
    }
  }

  /**
   * Takes the next token.
   *
   * @param chosen among all tokens
   * @param scores of all tokens
   * @param chain chooses again where the grammar does not allow what was chosen
   * @return the token taken
   */
  int next(int chosen, MemorySegment scores, MemorySegment chain) {
    int token = allows(chosen) ? chosen : among(scores, chain);
    accept.call(grammar, token);
    return token;
  }

  private boolean allows(int token) {
    set(one, 0, token, 0);
    apply.call(grammar, candidates(one, 1));
    return one.get(JAVA_FLOAT, JAVA_INT.byteSize()) == 0;
  }

  private int among(MemorySegment scores, MemorySegment chain) {
    int size = (int) (scores.byteSize() / JAVA_FLOAT.byteSize());
    if (all == null) {
      all = arena.allocate(LlamaLayouts.TOKEN_DATA, size);
    }
    for (int token = 0; token < size; token++) {
      set(all, token, token, scores.getAtIndex(JAVA_FLOAT, token));
    }
    var fitting = candidates(all, size);
    apply.call(grammar, fitting);
    apply.call(chain, fitting);
    long selected = fitting.get(JAVA_LONG, offset(LlamaLayouts.TOKEN_DATA_ARRAY, "selected"));
    int token = selected < 0 ? -1 : all.get(JAVA_INT, selected * TOKEN_BYTES);
    if (token < 0 || !allows(token)) {
      throw new IllegalStateException("no token of this model fits the grammar");
    }
    return token;
  }

  private static void set(MemorySegment tokens, int at, int token, float score) {
    tokens.set(JAVA_INT, at * TOKEN_BYTES, token);
    tokens.set(JAVA_FLOAT, at * TOKEN_BYTES + JAVA_INT.byteSize(), score);
  }

  private MemorySegment candidates(MemorySegment tokens, long size) {
    var struct = LlamaLayouts.TOKEN_DATA_ARRAY;
    candidates.fill((byte) 0);
    candidates.set(ADDRESS, offset(struct, "data"), tokens);
    candidates.set(JAVA_LONG, offset(struct, "size"), size);
    candidates.set(JAVA_LONG, offset(struct, "selected"), -1);
    return candidates;
  }

  @Override
  public void close() {
    llama.function("llama_sampler_free", null, ADDRESS).call(grammar);
    arena.close();
  }
}
