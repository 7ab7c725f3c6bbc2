package io.candor.serving;

import static io.candor.serving.LlamaLayouts.offset;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.candor.serving.LlamaLibraries.Function;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * The only class that calls llama.cpp; {@link LlamaEngine} and {@link ModelConverter} use it, and
 * no pointer leaves it.
 *
 * <p>The libraries are loaded once per process and stay. Models, contexts and samplers are closed
 * by whoever opened them, contexts before their model.
 */
final class LlamaNative {
  private static LlamaNative loaded;

  private final LlamaLibraries libraries;
  private final Function tokenize;
  private final Function tokenToPiece;
  private final Function isEndOfGeneration;
  private final Function decode;
  private final Function removeFromSequence;
  private final Function sample;
  private final Function setThreads;

  /**
   * Loads the libraries found in a folder.
   *
   * @throws IllegalArgumentException if the folder lacks a library or has another version's
   */
  static synchronized LlamaNative load(Path folder) {
    var absolute = folder.toAbsolutePath().normalize();
    if (loaded == null) {
      loaded = new LlamaNative(new LlamaLibraries(absolute));
    } else if (!loaded.libraries.folder().equals(absolute)) {
      throw new IllegalStateException(
          "llama.cpp is loaded from %s; the same process cannot load it from %s too"
              .formatted(loaded.libraries.folder(), absolute));
    }
    return loaded;
  }

  private LlamaNative(LlamaLibraries libraries) {
    this.libraries = libraries;
    tokenize =
        function(
            "llama_tokenize",
            JAVA_INT,
            ADDRESS,
            ADDRESS,
            JAVA_INT,
            ADDRESS,
            JAVA_INT,
            JAVA_BOOLEAN,
            JAVA_BOOLEAN);
    tokenToPiece =
        function(
            "llama_token_to_piece",
            JAVA_INT,
            ADDRESS,
            JAVA_INT,
            ADDRESS,
            JAVA_INT,
            JAVA_INT,
            JAVA_BOOLEAN);
    isEndOfGeneration = function("llama_vocab_is_eog", JAVA_BOOLEAN, ADDRESS, JAVA_INT);
    decode = function("llama_decode", JAVA_INT, ADDRESS, LlamaLayouts.BATCH);
    removeFromSequence =
        function("llama_memory_seq_rm", JAVA_BOOLEAN, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT);
    sample = function("llama_sampler_sample", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
    setThreads = function("llama_set_n_threads", null, ADDRESS, JAVA_INT, JAVA_INT);
  }

  private Function function(String name, MemoryLayout result, MemoryLayout... arguments) {
    return libraries.function(name, result, arguments);
  }

  /** The struct that a {@code llama_…_default_params} function returns. */
  MemorySegment defaults(String function, StructLayout struct, SegmentAllocator arena) {
    return function(function, struct).callPointer(arena);
  }

  /**
   * Writes a model in another number format.
   *
   * @param fileType a value of {@code llama_ftype}
   */
  void quantize(Path in, Path out, int fileType) {
    checkGguf(in);
    try (var arena = Arena.ofConfined()) {
      var struct = LlamaLayouts.QUANTIZE_PARAMS;
      var params = defaults("llama_model_quantize_default_params", struct, arena);
      params.set(JAVA_INT, offset(struct, "ftype"), fileType);
      params.set(JAVA_BOOLEAN, offset(struct, "allow_requantize"), true);
      LlamaLog.lastErrors();
      int result =
          function("llama_model_quantize", JAVA_INT, ADDRESS, ADDRESS, ADDRESS)
              .callInt(
                  arena.allocateFrom(in.toString()), arena.allocateFrom(out.toString()), params);
      if (result != 0) {
        throw new IllegalStateException(
            "llama.cpp cannot convert %s: %s".formatted(in, LlamaLog.lastErrors()));
      }
    }
  }

  /**
   * Loads a model; its weights are mapped, not copied.
   *
   * @throws IllegalArgumentException if the file is missing, not GGUF, damaged, or of an unknown
   *     architecture
   */
  Model open(Path file) {
    checkGguf(file);
    return new Model(file);
  }

  private static void checkGguf(Path file) {
    if (!Files.isReadable(file) || !Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "there is no readable model file %s; check candor.serving.model".formatted(file));
    }
    try (var in = Files.newInputStream(file)) {
      if (!new String(in.readNBytes(4), StandardCharsets.ISO_8859_1).equals("GGUF")) {
        throw new IllegalArgumentException(
            "%s is not a GGUF model file; fetch it again or convert the model to GGUF"
                .formatted(file));
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read the model file " + file, e);
    }
  }

  /** A turn of a conversation as chat templates know it. */
  record Turn(String role, String content) {}

  /**
   * Writes a conversation as a model expects it, up to where the model's own next turn begins.
   *
   * @throws IllegalArgumentException if llama.cpp does not know the template
   */
  String applyTemplate(String template, List<Turn> turns) {
    try (var arena = Arena.ofConfined()) {
      var messages = arena.allocate(LlamaLayouts.CHAT_MESSAGE, turns.size());
      for (int i = 0; i < turns.size(); i++) {
        messages.setAtIndex(ADDRESS, 2L * i, arena.allocateFrom(turns.get(i).role()));
        messages.setAtIndex(ADDRESS, 2L * i + 1, arena.allocateFrom(turns.get(i).content()));
      }
      var apply =
          function(
              "llama_chat_apply_template",
              JAVA_INT,
              ADDRESS,
              ADDRESS,
              JAVA_LONG,
              JAVA_BOOLEAN,
              ADDRESS,
              JAVA_INT);
      var source = arena.allocateFrom(template);
      long count = turns.size();
      int length = apply.callInt(source, messages, count, true, MemorySegment.NULL, 0);
      if (length < 0) {
        throw new IllegalArgumentException("llama.cpp does not know this model's chat template");
      }
      var text = arena.allocate(length + 1L);
      apply.callInt(source, messages, count, true, text, length + 1);
      return new String(text.asSlice(0, length).toArray(JAVA_BYTE), UTF_8);
    }
  }

  /** A loaded model and its vocabulary. Thread-safe. */
  final class Model implements AutoCloseable {
    private static final int PIECE_BYTES = 256;
    private final MemorySegment model;
    private final MemorySegment vocabulary;

    private Model(Path file) {
      try (var arena = Arena.ofConfined()) {
        var params = defaults("llama_model_default_params", LlamaLayouts.MODEL_PARAMS, arena);
        LlamaLog.lastErrors();
        model =
            function("llama_model_load_from_file", ADDRESS, ADDRESS, LlamaLayouts.MODEL_PARAMS)
                .callPointer(arena.allocateFrom(file.toString()), params);
      }
      if (model.equals(MemorySegment.NULL)) {
        throw new IllegalArgumentException(
            "llama.cpp cannot load the model file %s (%s); it may be damaged: fetch it again"
                .formatted(file, LlamaLog.lastErrors()));
      }
      vocabulary = function("llama_model_get_vocab", ADDRESS, ADDRESS).callPointer(model);
    }

    /** A text's tokens. Control tokens written in the text are read as such. */
    int[] tokenize(String text) {
      try (var arena = Arena.ofConfined()) {
        var bytes = text.getBytes(UTF_8);
        int capacity = bytes.length + 2; // a token has a byte or more, but for the first and last
        var tokens = arena.allocate(JAVA_INT, capacity);
        int count =
            tokenize.callInt(
                vocabulary,
                arena.allocateFrom(JAVA_BYTE, bytes),
                bytes.length,
                tokens,
                capacity,
                true,
                true);
        if (count < 0) {
          throw new IllegalStateException(
              "llama.cpp cannot tokenise a text of %d bytes".formatted(bytes.length));
        }
        return tokens.asSlice(0, count * JAVA_INT.byteSize()).toArray(JAVA_INT);
      }
    }

    /** The bytes of a token, which may end within a UTF-8 character; control tokens have none. */
    byte[] piece(int token) {
      try (var arena = Arena.ofConfined()) {
        var bytes = arena.allocate(PIECE_BYTES);
        int length = tokenToPiece.callInt(vocabulary, token, bytes, PIECE_BYTES, 0, false);
        if (length < 0) {
          bytes = arena.allocate(-length);
          length = tokenToPiece.callInt(vocabulary, token, bytes, -length, 0, false);
        }
        return bytes.asSlice(0, length).toArray(JAVA_BYTE);
      }
    }

    boolean endsGeneration(int token) {
      return isEndOfGeneration.callBoolean(vocabulary, token);
    }

    /** The texts that are read as control tokens, such as {@code <|im_end|>}. */
    List<String> controlTexts() {
      var isControl = function("llama_vocab_is_control", JAVA_BOOLEAN, ADDRESS, JAVA_INT);
      var text = function("llama_vocab_get_text", ADDRESS, ADDRESS, JAVA_INT);
      int size = function("llama_vocab_n_tokens", JAVA_INT, ADDRESS).callInt(vocabulary);
      return IntStream.range(0, size)
          .filter(token -> isControl.callBoolean(vocabulary, token))
          .mapToObj(token -> text.callString(vocabulary, token))
          .toList();
    }

    /** The chat template that the model file carries. */
    Optional<String> chatTemplate() {
      var template =
          function("llama_model_chat_template", ADDRESS, ADDRESS, ADDRESS)
              .callPointer(model, MemorySegment.NULL);
      return template.equals(MemorySegment.NULL)
          ? Optional.empty()
          : Optional.of(template.reinterpret(Long.MAX_VALUE).getString(0));
    }

    /** The longest context the model was trained for, in tokens. */
    int trainedContext() {
      return function("llama_model_n_ctx_train", JAVA_INT, ADDRESS).callInt(model);
    }

    /**
     * Allocates the state of some sequences.
     *
     * @param contextSize the most tokens of each sequence
     * @param batch the most tokens computed at once
     */
    Context newContext(int sequences, int contextSize, int batch, int threads) {
      return new Context(this, sequences, contextSize, batch, threads);
    }

    @Override
    public void close() {
      function("llama_model_free", null, ADDRESS).call(model);
    }
  }

  /** The state of some sequences of tokens. Confined to the thread that made it. */
  final class Context implements AutoCloseable {
    private static final int ABORTED = 2;
    private static final int FLASH_ATTENTION_DISABLED = 0;

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

    private Context(Model model, int sequences, int contextSize, int batchSize, int threads) {
      this.batchSize = batchSize;
      tokens = arena.allocate(JAVA_INT, batchSize);
      positions = arena.allocate(JAVA_INT, batchSize);
      outputs = arena.allocate(batchSize);
      fillBatch();
      LlamaLog.lastErrors();
      context =
          function("llama_init_from_model", ADDRESS, ADDRESS, LlamaLayouts.CONTEXT_PARAMS)
              .callPointer(model.model, params(sequences, contextSize, threads));
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
      var params = defaults("llama_context_default_params", struct, arena);
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
     * @param predict whether {@link #sample} will be asked for what follows
     * @param abort asked often meanwhile; must not throw
     * @return false if aborted: the sequence is as before
     */
    boolean decode(
        int sequenceId, int[] text, int from, int to, boolean predict, BooleanSupplier abort) {
      int count = to - from;
      if (count < 1 || count > batchSize) {
        throw new IllegalArgumentException(
            "a batch has 1 to %d tokens, not %d".formatted(batchSize, count));
      }
      sequence.set(JAVA_INT, 0, sequenceId);
      MemorySegment.copy(text, from, tokens, JAVA_INT, 0, count);
      for (int i = 0; i < count; i++) {
        positions.setAtIndex(JAVA_INT, i, from + i);
      }
      outputs.fill((byte) 0).set(JAVA_BOOLEAN, count - 1, predict);
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
    int sample(Sampler sampler) {
      return sample.callInt(sampler.chain, context, -1);
    }

    @Override
    public void close() {
      function("llama_free", null, ADDRESS).call(context);
      arena.close();
    }
  }

  Sampler newSampler(Sampling sampling) {
    return new Sampler(sampling);
  }

  /** The choice of tokens in one generation; it holds the state of the random numbers. */
  final class Sampler implements AutoCloseable {
    private final MemorySegment chain;

    private Sampler(Sampling sampling) {
      var struct = LlamaLayouts.SAMPLER_CHAIN_PARAMS;
      try (var arena = Arena.ofConfined()) {
        chain =
            function("llama_sampler_chain_init", ADDRESS, struct)
                .callPointer(defaults("llama_sampler_chain_default_params", struct, arena));
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

    private void add(String kind, MemoryLayout[] types, Object... arguments) {
      var sampler = function("llama_sampler_init_" + kind, ADDRESS, types).callPointer(arguments);
      function("llama_sampler_chain_add", null, ADDRESS, ADDRESS).call(chain, sampler);
    }

    @Override
    public void close() {
      function("llama_sampler_free", null, ADDRESS).call(chain);
    }
  }
}
