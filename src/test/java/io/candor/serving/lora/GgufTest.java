package io.candor.serving.lora;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufTest {
  @TempDir private Path folder;

  @Test
  void whatIsWrittenIsRead() throws Exception {
    var file = folder.resolve("a.gguf");
    var first = new GgufWriter.Values("first", List.of(3L, 2L), new float[] {1, 2, 3, 4, 5, 6});
    var second = new GgufWriter.Values("second", List.of(1L), new float[] {-0.5f});
    GgufWriter.write(file, Map.of("text", "ä", "number", 1.5f, "count", 7), List.of(first, second));

    try (var reader = new GgufReader(file)) {
      var gguf = reader.gguf();
      assertEquals(Map.of("text", "ä", "number", 1.5f, "count", 7), gguf.metadata());
      assertArrayEquals(first.values().get(), reader.values(gguf.tensors().get("first")));
      assertArrayEquals(second.values().get(), reader.values(gguf.tensors().get("second")));
      assertEquals(List.of(3L, 2L), gguf.tensors().get("first").shape());
    }
  }

  @Test
  void aFileCutOffAnywhereIsRefused() throws Exception {
    var weight = new TestLora.Weight(TestLora.QUERY, 8, 4);
    var whole = Files.readAllBytes(TestLora.adapter(folder.resolve("a.gguf"), 1, 2, 4, 1, weight));
    var cut = folder.resolve("cut.gguf");
    for (int length = 0; length <= whole.length - 32; length++) {
      Files.write(cut, Arrays.copyOf(whole, length));
      var refused = assertThrows(IllegalArgumentException.class, () -> new GgufReader(cut).close());
      assertTrue(refused.getMessage().startsWith("cut.gguf is"), refused.getMessage());
    }
  }

  @Test
  void randomDamageIsRefusedOrReadButNeverWorse() throws Exception {
    var weight = new TestLora.Weight(TestLora.QUERY, 8, 4);
    var whole = Files.readAllBytes(TestLora.adapter(folder.resolve("a.gguf"), 1, 2, 4, 1, weight));
    var random = new Random(7);
    var damaged = folder.resolve("damaged.gguf");
    int refused = 0;
    for (int i = 0; i < 3000; i++) {
      var bytes = whole.clone();
      for (int j = 0; j < 3; j++) {
        bytes[random.nextInt(200)] = (byte) random.nextInt();
      }
      Files.write(damaged, bytes);
      try {
        TestLora.added(damaged, weight);
      } catch (IllegalArgumentException e) {
        refused++;
      }
    }
    assertTrue(refused > 2000, refused + " of 3000 were refused");
  }
}
