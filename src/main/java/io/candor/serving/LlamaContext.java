package io.candor.serving;

import static io.candor.serving.LlamaLayouts.offset;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.candor.serving.LlamaLibraries.Function;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The state of some sequences of tokens. Confined to the thread that made it. */
final class LlamaContext implements AutoCloseable {
  private static final int ABORTED = 2;
  private static final int FLASH_ATTENTION_ENABLED = 1;

  private final LlamaNative llama;
  private final Function decode;
  private final Function removeFromSequence;
  private final Function copySequence;
  private final Function sample;
  private final Function setThreads;
  private final Function logits;
  private final Function setAdapters;
  private final int vocabularySize;
  private final Arena arena = Arena.ofConfined();
  private final int batchSize;
  private final MemorySegment batch = arena.allocate(LlamaLayouts.BATCH);
  private final MemorySegment rowSequences;
  private final MemorySegment tokens;
  private final MemorySegment positions;
  private final MemorySegment outputs;
  private final MemorySegment context;
  private final MemorySegment memory;
  private BooleanSupplier abort = () -> false;

  LlamaContext(LlamaNative llama, LlamaModel model, int sequences, int contextSize, int batchSize) {
    this.llama = llama;
    decode = function("llama_decode", JAVA_INT, ADDRESS, LlamaLayouts.BATCH);
    removeFromSequence =
        function("llama_memory_seq_rm", JAVA_BOOLEAN, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT);
    copySequence =
        function("llama_memory_seq_cp", null, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    sample = function("llama_sampler_sample", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
    setThreads = function("llama_set_n_threads", null, ADDRESS, JAVA_INT, JAVA_INT);
    logits = function("llama_get_logits_ith", ADDRESS, ADDRESS, JAVA_INT);
    setAdapters =
        function("llama_set_adapters_lora", JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
    vocabularySize = model.vocabularySize();
    this.batchSize = batchSize;
    rowSequences = arena.allocate(JAVA_INT, batchSize);
    tokens = arena.allocate(JAVA_INT, batchSize);
    positions = arena.allocate(JAVA_INT, batchSize);
    outputs = arena.allocate(batchSize);
    fillBatch();
    LlamaLog.lastErrors();
    context =
        function("llama_init_from_model", ADDRESS, ADDRESS, LlamaLayouts.CONTEXT_PARAMS)
            .callPointer(
                model.pointer(), params(sequences, contextSize, KeyType.of(model.shape())));
    if (context.equals(MemorySegment.NULL)) {
      arena.close();
      throw new IllegalStateException(
          "llama.cpp cannot hold %d sequences of %d tokens (%s); lower candor.serving.context-size"
              .formatted(sequences, contextSize, LlamaLog.lastErrors()));
    }
    memory = function("llama_get_memory", ADDRESS, ADDRESS).callPointer(context);
  }

  /** Every row belongs to one sequence. */
  private void fillBatch() {
    var sequenceCounts = arena.allocate(JAVA_INT, batchSize);
    var sequenceLists = arena.allocate(ADDRESS, batchSize);
    for (int i = 0; i < batchSize; i++) {
      sequenceCounts.setAtIndex(JAVA_INT, i, 1);
      sequenceLists.setAtIndex(
          ADDRESS, i, rowSequences.asSlice(i * JAVA_INT.byteSize(), JAVA_INT.byteSize()));
    }
    var struct = LlamaLayouts.BATCH;
    batch.set(ADDRESS, offset(struct, "token"), tokens);
    batch.set(ADDRESS, offset(struct, "pos"), positions);
    batch.set(ADDRESS, offset(struct, "n_seq_id"), sequenceCounts);
    batch.set(ADDRESS, offset(struct, "seq_id"), sequenceLists);
    batch.set(ADDRESS, offset(struct, "logits"), outputs);
  }

  private MemorySegment params(int sequences, int contextSize, KeyType keys) {
    var struct = LlamaLayouts.CONTEXT_PARAMS;
    var params = llama.defaults("llama_context_default_params", struct, arena);
    params.set(JAVA_INT, offset(struct, "n_ctx"), Math.multiplyExact(sequences, contextSize));
    params.set(JAVA_INT, offset(struct, "n_seq_max"), sequences);
    params.set(JAVA_INT, offset(struct, "n_batch"), batchSize);
    params.set(JAVA_INT, offset(struct, "n_ubatch"), batchSize);
    params.set(JAVA_INT, offset(struct, "n_threads"), 1); // until useThreads
    params.set(JAVA_INT, offset(struct, "n_threads_batch"), 1);
    params.set(JAVA_INT, offset(struct, "flash_attn_type"), FLASH_ATTENTION_ENABLED);
    params.set(JAVA_INT, offset(struct, "type_k"), keys.number());
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
   * Computes rows, each of which follows what its sequence holds.
   *
   * @param abort asked often meanwhile; must not throw
   * @return false if aborted: the sequences are as before
   */
  boolean decode(Rows rows, BooleanSupplier abort) {
    int count = rows.count();
    if (count < 1 || count > batchSize) {
      throw new IllegalArgumentException(
          "a batch has 1 to %d rows, not %d".formatted(batchSize, count));
    }
    for (int i = 0; i < count; i++) {
      tokens.setAtIndex(JAVA_INT, i, rows.token(i));
      positions.setAtIndex(JAVA_INT, i, rows.position(i));
      rowSequences.setAtIndex(JAVA_INT, i, rows.sequence(i));
      outputs.set(JAVA_BOOLEAN, i, rows.output(i));
    }
    batch.set(JAVA_INT, offset(LlamaLayouts.BATCH, "n_tokens"), count);
    this.abort = abort;
    LlamaLog.lastErrors();
    int result = decode.callInt(context, batch);
    if (result == 0) {
      return true;
    }
    for (int i = count - 1; i >= 0; i--) {
      truncate(rows.sequence(i), rows.position(i));
    }
    if (result == ABORTED) {
      return false;
    }
    throw new IllegalStateException(
        "llama_decode returned %d: %s".formatted(result, LlamaLog.lastErrors()));
  }

  /** Has a sequence hold what another one holds. */
  void copy(int source, int target) {
    removeFromSequence.callBoolean(memory, target, -1, -1);
    copySequence.call(memory, source, target, -1, -1);
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

  /** Has the next steps computed with these adapters, each as strong as its scale. */
  void useAdapters(List<MemorySegment> adapters, List<Float> scales) {
    try (var call = Arena.ofConfined()) {
      var pointers = call.allocate(ADDRESS, Math.max(1, adapters.size()));
      var strengths = call.allocate(JAVA_FLOAT, Math.max(1, adapters.size()));
      for (int i = 0; i < adapters.size(); i++) {
        pointers.setAtIndex(ADDRESS, i, adapters.get(i));
        strengths.setAtIndex(JAVA_FLOAT, i, scales.get(i));
      }
      int result = setAdapters.callInt(context, pointers, (long) adapters.size(), strengths);
      if (result != 0) {
        throw new IllegalArgumentException(
            "llama.cpp cannot use the adapters: " + LlamaLog.lastErrors());
      }
    }
  }

  /** Sets how many threads the next steps use; it changes no result. */
  void useThreads(int threads) {
    setThreads.call(context, threads, threads);
  }

  /** Chooses the token that follows a row of the last batch. */
  int sample(LlamaSampler sampler, int row) {
    return sampler.sample(sample, context, row, () -> scoresOf(row));
  }

  /** The natural logarithm of a token's probability after a row of the last batch. */
  double logProbability(int row, int token) {
    var scores = scores(row);
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

  /** The scores (logits) of all tokens after a row of the last batch. */
  float[] scores(int row) {
    return scoresOf(row).toArray(JAVA_FLOAT);
  }

  private MemorySegment scoresOf(int row) {
    return logits.callPointer(context, row).reinterpret(vocabularySize * JAVA_FLOAT.byteSize());
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
