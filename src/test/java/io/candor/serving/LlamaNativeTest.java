package io.candor.serving;

import static io.candor.serving.LlamaLayouts.offset;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LlamaNativeTest {
  private static final byte UNTOUCHED = 0x5a;

  private final LlamaNative llama = LlamaNative.load(LocalModel.libraries());

  @TempDir Path folder;

  @Test
  void theModelParametersAreWhereTheLibraryPutsItsDefaults() {
    var struct = LlamaLayouts.MODEL_PARAMS;
    var params = defaults("llama_model_default_params", struct);

    assertEquals(80, struct.byteSize());
    assertAll(
        () -> assertEquals(-1, intAt(params, struct, "n_gpu_layers")),
        () -> assertEquals(1, intAt(params, struct, "split_mode")),
        () -> assertEquals(-1, intAt(params, struct, "load_mode")),
        () -> assertEquals(1, intAt(params, struct, "lazy_mode")),
        () -> assertEquals(0, intAt(params, struct, "main_gpu")),
        () -> assertFalse(flagAt(params, struct, "vocab_only")),
        () -> assertTrue(flagAt(params, struct, "use_extra_bufts")),
        () -> assertFalse(flagAt(params, struct, "load_mtp")));
  }

  @Test
  void theContextParametersAreWhereTheLibraryPutsItsDefaults() {
    var struct = LlamaLayouts.CONTEXT_PARAMS;
    var params = defaults("llama_context_default_params", struct);

    assertEquals(160, struct.byteSize());
    assertAll(
        () -> assertEquals(512, intAt(params, struct, "n_ctx")),
        () -> assertEquals(2048, intAt(params, struct, "n_batch")),
        () -> assertEquals(512, intAt(params, struct, "n_ubatch")),
        () -> assertEquals(1, intAt(params, struct, "n_seq_max")),
        () -> assertEquals(4, intAt(params, struct, "n_threads")),
        () -> assertEquals(4, intAt(params, struct, "n_threads_batch")),
        () -> assertEquals(-1, intAt(params, struct, "rope_scaling_type")),
        () -> assertEquals(-1, intAt(params, struct, "flash_attn_type")),
        () -> assertEquals(-1f, params.get(JAVA_FLOAT, offset(struct, "yarn_ext_factor"))),
        () -> assertEquals(-1f, params.get(JAVA_FLOAT, offset(struct, "defrag_thold"))),
        () -> assertEquals(1, intAt(params, struct, "type_k")),
        () -> assertEquals(1, intAt(params, struct, "type_v")),
        () -> assertFalse(flagAt(params, struct, "embeddings")),
        () -> assertTrue(flagAt(params, struct, "offload_kqv")),
        () -> assertTrue(flagAt(params, struct, "swa_full")),
        () -> assertFalse(flagAt(params, struct, "kv_unified")));
  }

  @Test
  void theQuantizeParametersAreWhereTheLibraryPutsItsDefaults() {
    var struct = LlamaLayouts.QUANTIZE_PARAMS;
    var params = defaults("llama_model_quantize_default_params", struct);

    assertEquals(64, struct.byteSize());
    assertAll(
        () -> assertEquals(0, intAt(params, struct, "nthread")),
        () -> assertEquals(7, intAt(params, struct, "ftype")),
        () -> assertFalse(flagAt(params, struct, "allow_requantize")),
        () -> assertTrue(flagAt(params, struct, "quantize_output_tensor")));
  }

  @Test
  void theBatchHasTheSizeThatTheLibraryExpects() {
    assertEquals(56, LlamaLayouts.BATCH.byteSize());
  }

  /** The library's defaults, in memory that shows whether more was written than the struct has. */
  private MemorySegment defaults(String function, StructLayout struct) {
    var arena = Arena.ofAuto();
    var guard = MemoryLayout.sequenceLayout(32, MemoryLayout.structLayout(JAVA_INT));
    var space = arena.allocate(struct.byteSize() + guard.byteSize(), 8).fill(UNTOUCHED);
    var params = llama.defaults(function, struct, (size, alignment) -> space.asSlice(0, size));
    assertEquals(
        -1,
        space.asSlice(struct.byteSize()).mismatch(arena.allocate(guard.byteSize()).fill(UNTOUCHED)),
        "the library's struct is larger than the layout");
    return params;
  }

  private static int intAt(MemorySegment params, StructLayout struct, String field) {
    return params.get(JAVA_INT, offset(struct, field));
  }

  private static boolean flagAt(MemorySegment params, StructLayout struct, String field) {
    return params.get(JAVA_BOOLEAN, offset(struct, field));
  }

  @Test
  void aMissingModelFileIsNamed() {
    var missing = folder.resolve("no.gguf");

    var error = assertThrows(IllegalArgumentException.class, () -> llama.open(missing));

    assertTrue(error.getMessage().contains(missing.toString()));
  }

  @Test
  void aFileThatIsNotGgufIsRefused() throws IOException {
    var file = Files.writeString(folder.resolve("page.gguf"), "<html>404 not found</html>");

    var error = assertThrows(IllegalArgumentException.class, () -> llama.open(file));

    assertTrue(error.getMessage().contains("page.gguf is not a GGUF model file"));
  }

  @Test
  void aTruncatedModelFileIsRefusedWithTheReason() throws IOException {
    var file = folder.resolve("half.gguf");
    try (var in = Files.newInputStream(LocalModel.file())) {
      Files.write(file, in.readNBytes(20_000_000));
    }

    var error = assertThrows(IllegalArgumentException.class, () -> llama.open(file));

    assertTrue(error.getMessage().contains("half.gguf"), error.getMessage());
    assertTrue(error.getMessage().contains("fetch it again"), error.getMessage());
    assertFalse(error.getMessage().contains("no reason given"), error.getMessage());
  }

  @Test
  void aFolderWithoutTheLibrariesIsNamed() {
    var error = assertThrows(IllegalArgumentException.class, () -> new LlamaLibraries(folder));

    assertTrue(error.getMessage().contains(folder.toString()));
    assertTrue(error.getMessage().contains("candor.serving.llama-library-path"));
  }

  @Test
  void aModelIsConvertedCompletelyOrNotAtAll() throws IOException {
    var converted = folder.resolve("models/converted.gguf");
    ModelConverter.toQ8(LocalModel.libraries(), LocalModel.file(), converted);
    var garbage = Files.writeString(folder.resolve("garbage.gguf"), "GGUF and nothing else");
    var never = folder.resolve("models/never.gguf");

    assertThrows(
        IllegalStateException.class,
        () -> ModelConverter.toQ8(LocalModel.libraries(), garbage, never));
    llama.open(converted).close();
    try (var files = Files.list(converted.getParent())) {
      assertEquals(List.of(converted), files.toList());
    }
  }
}
