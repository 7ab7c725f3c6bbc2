package io.candor.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.candor.serving.lora.TestModel;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryNeedTest {
  @TempDir Path folder;

  @Test
  void theNeedOfTheDefaultModelIsWhatItsShapeSays() {
    try (var model = LlamaNative.load(LocalModel.libraries()).open(LocalModel.file())) {
      var need = MemoryNeed.of(model, 270_000_000, 8, 2096, 64);

      assertEquals(30 * 192 * 49 / 16 * 8 * 2096L, need.cells(), 1e5);
      assertTrue(need.toString().startsWith("580 MB (weights 270"), need.toString());
    }
  }

  /** Heads that are no whole blocks of 32 cannot have their keys in 8 bits. */
  @ParameterizedTest
  @CsvSource({"32, Q8_0", "24, F16", "64, Q8_0", "40, F16"})
  void aModelOfAnyHeadSizeIsServed(int headSize, KeyType keys) throws IOException {
    var file = TestModel.write(folder.resolve("tiny.gguf"), headSize);
    try (var model = LlamaNative.load(LocalModel.libraries()).open(file);
        var context = model.newContext(2, 64, 16)) {
      assertEquals(keys, KeyType.of(model.shape()));
      assertEquals(
          2 * headSize * (keys.bytes() + 2) * 2 * 64,
          MemoryNeed.of(model, 0, 2, 64, 16).cells(),
          1);
      var rows = new Rows(3);
      for (int i = 0; i < 3; i++) {
        rows.add(i + 1, i, 0, i == 2);
      }

      assertTrue(context.decode(rows, () -> false));
      for (float score : context.scores(2)) {
        assertTrue(Float.isFinite(score));
      }
    }
  }

  @Test
  void moreThanTheMachineHasIsRefusedWithTheNumbers() {
    var need = new MemoryNeed(1L << 50, 0, 0);

    var error = assertThrows(IllegalStateException.class, need::check);
    assertTrue(error.getMessage().contains("1125899906 MB"), error.getMessage());
  }

  @Test
  void theBackendNamesItsInstructions() {
    assertTrue(LlamaBackend.describe(LocalModel.libraries()).startsWith("CPU: "));
  }
}
