package io.candor.serving;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.candor.serving.LlamaLibraries.Function;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A loaded model and its vocabulary. Thread-safe. */
final class LlamaModel implements AutoCloseable {
  private static final int PIECE_BYTES = 256;

  private final LlamaNative llama;
  private final MemorySegment model;
  private final MemorySegment vocabulary;
  private final Function tokenize;
  private final Function tokenToPiece;
  private final Function isEndOfGeneration;

  LlamaModel(LlamaNative llama, Path file) {
    this.llama = llama;
    tokenize =
        llama.function(
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
        llama.function(
            "llama_token_to_piece",
            JAVA_INT,
            ADDRESS,
            JAVA_INT,
            ADDRESS,
            JAVA_INT,
            JAVA_INT,
            JAVA_BOOLEAN);
    isEndOfGeneration = llama.function("llama_vocab_is_eog", JAVA_BOOLEAN, ADDRESS, JAVA_INT);
    try (var arena = Arena.ofConfined()) {
      var params = llama.defaults("llama_model_default_params", LlamaLayouts.MODEL_PARAMS, arena);
      LlamaLog.lastErrors();
      model =
          llama
              .function("llama_model_load_from_file", ADDRESS, ADDRESS, LlamaLayouts.MODEL_PARAMS)
              .callPointer(arena.allocateFrom(file.toString()), params);
    }
    if (model.equals(MemorySegment.NULL)) {
      throw new IllegalArgumentException(
          "llama.cpp cannot load the model file %s (%s); it may be damaged: fetch it again"
              .formatted(file, LlamaLog.lastErrors()));
    }
    vocabulary = llama.function("llama_model_get_vocab", ADDRESS, ADDRESS).callPointer(model);
  }

  /** A prompt's tokens. Control tokens written in it are read as such. */
  int[] tokenize(String prompt) {
    return tokenize(prompt, true);
  }

  /** The tokens of a text that goes on after others; a control token's name is a text like any. */
  int[] tokenizeText(String text) {
    return tokenize(text, false);
  }

  private int[] tokenize(String text, boolean control) {
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
              control,
              control);
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

  /** The token that ends a text. */
  int endOfText() {
    return llama.function("llama_vocab_eos", JAVA_INT, ADDRESS).callInt(vocabulary);
  }

  /** The texts that are read as control tokens, such as {@code <|im_end|>}. */
  List<String> controlTexts() {
    var isControl = llama.function("llama_vocab_is_control", JAVA_BOOLEAN, ADDRESS, JAVA_INT);
    var text = llama.function("llama_vocab_get_text", ADDRESS, ADDRESS, JAVA_INT);
    return IntStream.range(0, vocabularySize())
        .filter(token -> isControl.callBoolean(vocabulary, token))
        .mapToObj(token -> text.callString(vocabulary, token))
        .toList();
  }

  /** The chat template that the model file carries. */
  Optional<String> chatTemplate() {
    var template =
        llama
            .function("llama_model_chat_template", ADDRESS, ADDRESS, ADDRESS)
            .callPointer(model, MemorySegment.NULL);
    return template.equals(MemorySegment.NULL)
        ? Optional.empty()
        : Optional.of(template.reinterpret(Long.MAX_VALUE).getString(0));
  }

  /** How many tokens the model knows. */
  int vocabularySize() {
    return llama.function("llama_vocab_n_tokens", JAVA_INT, ADDRESS).callInt(vocabulary);
  }

  /** The numbers that the size of its sequences follows from. */
  record Shape(int layers, int width, int headSize, int keyHeads) {}

  Shape shape() {
    int width = number("n_embd");
    int headSize =
        metadata("general.architecture")
            .flatMap(architecture -> metadata(architecture + ".attention.key_length"))
            .map(Integer::parseInt)
            .orElseGet(() -> width / number("n_head"));
    return new Shape(number("n_layer"), width, headSize, number("n_head_kv"));
  }

  private Optional<String> metadata(String key) {
    var value =
        llama.function("llama_model_meta_val_str", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
    try (var arena = Arena.ofConfined()) {
      var text = arena.allocate(PIECE_BYTES);
      int length = value.callInt(model, arena.allocateFrom(key), text, (long) PIECE_BYTES);
      return length < 0 ? Optional.empty() : Optional.of(text.getString(0));
    }
  }

  private int number(String name) {
    return llama.function("llama_model_" + name, JAVA_INT, ADDRESS).callInt(model);
  }

  MemorySegment pointer() {
    return model;
  }

  /** The longest context the model was trained for, in tokens. */
  int trainedContext() {
    return llama.function("llama_model_n_ctx_train", JAVA_INT, ADDRESS).callInt(model);
  }

  /**
   * Allocates the state of some sequences.
   *
   * @param contextSize the most tokens of each sequence
   * @param batch the most rows computed at once
   */
  LlamaContext newContext(int sequences, int contextSize, int batch) {
    return new LlamaContext(llama, this, sequences, contextSize, batch);
  }

  /** A grammar at its beginning; an {@link IllegalArgumentException} if it cannot be read. */
  LlamaGrammar newGrammar(String gbnf) {
    return new LlamaGrammar(llama, vocabulary, gbnf);
  }

  @Override
  public void close() {
    llama.function("llama_model_free", null, ADDRESS).call(model);
  }
}
