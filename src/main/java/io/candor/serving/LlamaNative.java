package io.candor.serving;

import static io.candor.serving.LlamaLayouts.offset;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.candor.serving.LlamaLibraries.Function;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * llama.cpp, loaded once per process for good. It and the classes that it opens ({@link
 * LlamaModel}, {@link LlamaContext}, {@link LlamaSampler}) are the only ones to call native code,
 * and no pointer leaves them. Whoever opened one closes it, contexts before their model.
 */
final class LlamaNative {
  private static LlamaNative loaded;

  private final LlamaLibraries libraries;

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
  }

  /**
   * A function of llama.cpp.
   *
   * @param result null for void
   */
  Function function(String name, MemoryLayout result, MemoryLayout... arguments) {
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
  LlamaModel open(Path file) {
    checkGguf(file);
    return new LlamaModel(this, file);
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

  /**
   * Writes a conversation as a model expects it, up to where the model's own next turn begins.
   *
   * @throws IllegalArgumentException if llama.cpp does not know the template
   */
  String applyTemplate(String template, List<Turn> turns) {
    return applyTemplate(template, turns, true);
  }

  /**
   * The same, or up to the end of the last turn.
   *
   * @param answerNext whether the model's own turn is begun
   */
  String applyTemplate(String template, List<Turn> turns, boolean answerNext) {
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
      int length = apply.callInt(source, messages, count, answerNext, MemorySegment.NULL, 0);
      if (length < 0) {
        throw new IllegalArgumentException("llama.cpp does not know this model's chat template");
      }
      var text = arena.allocate(length + 1L);
      apply.callInt(source, messages, count, answerNext, text, length + 1);
      return new String(text.asSlice(0, length).toArray(JAVA_BYTE), UTF_8);
    }
  }
}
