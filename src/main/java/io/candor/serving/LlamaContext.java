package io.candor.serving;

import static io.candor.serving.LlamaLayouts.offset;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.candor.serving.LlamaLibraries.Function;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.BooleanSupplier;

/** The state of some sequences of tokens. Confined to the thread that made it. */
final class LlamaContext implements AutoCloseable {
  private static final int ABORTED = 2;
  private static final int FLASH_ATTENTION_DISABLED = 0;

  private final LlamaNative llama;
  private final Function decode;
  private final Function removeFromSequence;
  private final Function sample;
  private final Function setThreads;
  private final Function logits;
  private final int vocabularySize;
  private final Arena arena = Arena.ofConfined();
  private final int batchSize;
  private final MemorySegment batch = arena.allocate(LlamaLayouts.BATCH);
  private final MemorySegment sequence = arena.allocate(JAVA_INT);
  private final MemorySegment tokens;
  private final MemorySegment positions;
  private final MemorySegment outputs;
  private final MemorySegment context;
  private final MemorySegment memory;
  private BooleanSupplier abort = () -> false;

  LlamaContext(
      LlamaNative llama,
      LlamaModel model,
      int sequences,
      int contextSize,
      int batchSize,
      int threads) {
    this.llama = llama;
    decode = function("llama_decode", JAVA_INT, ADDRESS, LlamaLayouts.BATCH);
    removeFromSequence =
        function("llama_memory_seq_rm", JAVA_BOOLEAN, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT);
    sample = function("llama_sampler_sample", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
    setThreads = function("llama_set_n_threads", null, ADDRESS, JAVA_INT, JAVA_INT);
    logits = function("llama_get_logits_ith", ADDRESS, ADDRESS, JAVA_INT);
    vocabularySize = model.vocabularySize();
    this.batchSize = batchSize;
    tokens = arena.allocate(JAVA_INT, batchSize);
    positions = arena.allocate(JAVA_INT, batchSize);
    outputs = arena.allocate(batchSize);
    fillBatch();
    LlamaLog.lastErrors();
    context =
        function("llama_init_from_model", ADDRESS, ADDRESS, LlamaLayouts.CONTEXT_PARAMS)
            .callPointer(model.pointer(), params(sequences, contextSize, threads));
    if (context.equals(MemorySegment.NULL)) {
      arena.close();
      throw new IllegalStateException(
          "llama.cpp cannot hold %d sequences of %d tokens (%s); lower candor.serving.context-size"
              .formatted(sequences, contextSize, LlamaLog.lastErrors()));
    }
    memory = function("llama_get_memory", ADDRESS, ADDRESS).callPointer(context);
  }

  /** Every token of a batch belongs to the one sequence that is written before each decoding. */
  private void fillBatch() {
    var sequenceCounts = arena.allocate(JAVA_INT, batchSize);
    var sequences = arena.allocate(ADDRESS, batchSize);
    for (int i = 0; i < batchSize; i++) {
      sequenceCounts.setAtIndex(JAVA_INT, i, 1);
      sequences.setAtIndex(ADDRESS, i, sequence);
    }
    var struct = LlamaLayouts.BATCH;
    batch.set(ADDRESS, offset(struct, "token"), tokens);
    batch.set(ADDRESS, offset(struct, "pos"), positions);
    batch.set(ADDRESS, offset(struct, "n_seq_id"), sequenceCounts);
    batch.set(ADDRESS, offset(struct, "seq_id"), sequences);
    batch.set(ADDRESS, offset(struct, "logits"), outputs);
  }

  private MemorySegment params(int sequences, int contextSize, int threads) {
    var struct = LlamaLayouts.CONTEXT_PARAMS;
    var params = llama.defaults("llama_context_default_params", struct, arena);
    params.set(JAVA_INT, offset(struct, "n_ctx"), Math.multiplyExact(sequences, contextSize));
    params.set(JAVA_INT, offset(struct, "n_seq_max"), sequences);
    params.set(JAVA_INT, offset(struct, "n_batch"), batchSize);
    params.set(JAVA_INT, offset(struct, "n_ubatch"), batchSize);
    params.set(JAVA_INT, offset(struct, "n_threads"), threads);
    params.set(JAVA_INT, offset(struct, "n_threads_batch"), threads);
    // Flash attention splits its sums by the number of threads: an answer would depend on that.
    params.set(JAVA_INT, offset(struct, "flash_attn_type"), FLASH_ATTENTION_DISABLED);
    params.set(ADDRESS, offset(struct, "abort_callback"), abortCallback());
    return params;
  }

  private MemorySegment abortCallback() {
    try {
      var type = MethodType.methodType(boolean.class, MemorySegment.class);
      return Linker.nativeLinker()
          .upcallStub(
              MethodHandles.lookup().bind(this, "isAborted", type),
              FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS),
              arena);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("unused") // called by llama.cpp between the steps of a computation
  private boolean isAborted(MemorySegment data) {
    return abort.getAsBoolean();
  }

  /**
   * Appends {@code text[from, to)} to a sequence that holds the tokens before it.
   *
   * @param outputsFrom the first position for which {@link #sample} or {@link #logProbability} will
   *     be asked for what follows
   * @param abort asked often meanwhile; must not throw
   * @return false if aborted: the sequence is as before
   */
  boolean decode(
      int sequenceId, int[] text, int from, int to, int outputsFrom, BooleanSupplier abort) {
    int count = to - from;
    if (count < 1 || count > batchSize) {
      throw new IllegalArgumentException(
          "a batch has 1 to %d tokens, not %d".formatted(batchSize, count));
    }
    sequence.set(JAVA_INT, 0, sequenceId);
    MemorySegment.copy(text, from, tokens, JAVA_INT, 0, count);
    for (int i = 0; i < count; i++) {
      positions.setAtIndex(JAVA_INT, i, from + i);
      outputs.set(JAVA_BOOLEAN, i, from + i >= outputsFrom);
    }
    batch.set(JAVA_INT, offset(LlamaLayouts.BATCH, "n_tokens"), count);
    this.abort = abort;
    LlamaLog.lastErrors();
    int result = decode.callInt(context, batch);
    if (result == 0) {
      return true;
    }
    truncate(sequenceId, from);
    if (result == ABORTED) {
      return false;
    }
    throw new IllegalStateException(
        "llama_decode returned %d: %s".formatted(result, LlamaLog.lastErrors()));
  }

  /**
   * Forgets a sequence's tokens from a position on.
   *
   * @return false if this model's memory cannot forget a part: all of it is forgotten then
   */
  boolean truncate(int sequenceId, int length) {
    boolean done = removeFromSequence.callBoolean(memory, sequenceId, length, -1);
    if (!done) {
      removeFromSequence.callBoolean(memory, sequenceId, -1, -1);
    }
    return done;
  }

  /** Sets how many threads the next steps use; it changes no result. */
  void useThreads(int threads) {
    setThreads.call(context, threads, threads);
  }

  /** Chooses the token that follows the last decoded one. */
  int sample(LlamaSampler sampler) {
    return sample.callInt(sampler.pointer(), context, -1);
  }

  /** The natural logarithm of a token's probability after a row of the last batch. */
  double logProbability(int row, int token) {
    var scores =
        logits
            .callPointer(context, row)
            .reinterpret(vocabularySize * JAVA_FLOAT.byteSize())
            .toArray(JAVA_FLOAT);
    float most = Float.NEGATIVE_INFINITY;
    for (float score : scores) {
      most = Math.max(most, score);
    }
    double sum = 0;
    for (float score : scores) {
      sum += Math.exp(score - most);
    }
    return scores[token] - most - Math.log(sum);
  }

  private Function function(String name, MemoryLayout result, MemoryLayout... arguments) {
    return llama.function(name, result, arguments);
  }

  @Override
  public void close() {
    function("llama_free", null, ADDRESS).call(context);
    arena.close();
  }
}
