package io.candor.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MemoryNeedTest {
  @Test
  void theNeedOfTheDefaultModelIsWhatItsShapeSays() {
    try (var model = LlamaNative.load(LocalModel.libraries()).open(LocalModel.file())) {
      var need = MemoryNeed.of(model, 270_000_000, 8, 2096, 64);

      assertEquals(30 * 192 * 49 / 16 * 8 * 2096L, need.cells(), 1e5);
      assertTrue(need.toString().startsWith("580 MB (weights 270"), need.toString());
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
