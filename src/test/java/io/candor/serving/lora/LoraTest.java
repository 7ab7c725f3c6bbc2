package io.candor.serving.lora;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoraTest {
  private static final TestLora.Weight QUERY = new TestLora.Weight(TestLora.QUERY, 8, 6);
  private static final TestLora.Weight VALUE = new TestLora.Weight(TestLora.VALUE, 8, 3);

  @TempDir private Path folder;
  private Path base;

  @BeforeEach
  void writeBase() throws IOException {
    base = TestLora.base(folder.resolve("base.gguf"), QUERY, VALUE);
  }

  private Path adapter(String name, long seed, int rank, float alpha, TestLora.Weight... weights)
      throws IOException {
    return TestLora.adapter(folder.resolve(name), seed, rank, alpha, 1, weights);
  }

  @Test
  void anAdapterOfTheBaseFits() throws Exception {
    var adapter = adapter("a.gguf", 1, 2, 4, QUERY, VALUE);
    assertDoesNotThrow(() -> LoraFit.check(adapter, base));
    assertEquals(2, LoraAdapter.read(adapter).rank());
  }

  @Test
  void anAdapterOfAnotherBaseIsRefusedWithTheReason() throws Exception {
    var wider = adapter("a.gguf", 1, 2, 4, new TestLora.Weight(TestLora.QUERY, 16, 6));
    var deeper = adapter("b.gguf", 1, 2, 4, new TestLora.Weight("blk.9.attn_q.weight", 8, 6));
    var other = folder.resolve("c.gguf");
    GgufWriter.write(
        other,
        TestLora.metadata("qwen2", 4),
        List.of(
            TestLora.random(TestLora.QUERY + ".lora_a", 8, 2, 1, new Random(1)),
            TestLora.random(TestLora.QUERY + ".lora_b", 2, 6, 1, new Random(1))));

    assertRefused(wider, "has the shapes [16, 2] and [2, 6]");
    assertRefused(deeper, "blk.9.attn_q.weight, which the base does not have");
    assertRefused(other, "architecture qwen2; the base is llama");
  }

  @Test
  void embeddingsThatAreTheOutputAsWellCannotBeChanged() throws Exception {
    var embeddings = new TestLora.Weight(LoraFit.EMBEDDINGS, 8, 16);
    var turned =
        List.of(
            random(LoraFit.EMBEDDINGS, ".lora_a", 2, 16),
            random(LoraFit.EMBEDDINGS, ".lora_b", 2, 8));
    var adapter = folder.resolve("a.gguf");
    GgufWriter.write(adapter, TestLora.metadata("llama", 4), turned);

    base = TestLora.base(folder.resolve("tied.gguf"), embeddings);
    assertRefused(adapter, "token_embd.weight, which the base uses for its output as well");
    var output = new TestLora.Weight("output.weight", 8, 16);
    base = TestLora.base(folder.resolve("untied.gguf"), embeddings, output);
    assertDoesNotThrow(() -> LoraFit.check(adapter, base));
  }

  private static GgufWriter.Values random(String weight, String matrix, int in, int out) {
    return TestLora.random(weight + matrix, in, out, 1, new Random(1));
  }

  @Test
  void whatIsNoLoraAdapterIsRefusedWithTheReason() throws Exception {
    var lone = folder.resolve("lone.gguf");
    var a = TestLora.random(TestLora.QUERY + ".lora_a", 8, 2, 1, new Random(1));
    GgufWriter.write(lone, TestLora.metadata("llama", 4), List.of(a));
    var norm = folder.resolve("norm.gguf");
    var scale = TestLora.random("blk.0.attn_norm.weight", 8, 1, 1, new Random(1));
    GgufWriter.write(norm, TestLora.metadata("llama", 4), List.of(scale));
    var empty = folder.resolve("empty.gguf");
    GgufWriter.write(empty, TestLora.metadata("llama", 4), List.of());
    var control = folder.resolve("control.gguf");
    GgufWriter.write(
        control, Map.of("general.type", "adapter", "adapter.type", "control"), List.of(a));

    assertRefused(base, "the file is a model, not an adapter");
    assertRefused(lone, "only one of .lora_a and .lora_b");
    assertRefused(norm, "blk.0.attn_norm.weight is neither .lora_a nor .lora_b");
    assertRefused(empty, "changes no weight");
    assertRefused(control, "of type control, not lora");
  }

  private void assertRefused(Path adapter, String reason) {
    var refusal = assertThrows(IllegalArgumentException.class, () -> LoraFit.check(adapter, base));
    assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
  }

  @Test
  void aMergedAdapterAddsWhatItsPartsAdd() throws Exception {
    var both = adapter("both.gguf", 1, 2, 4, QUERY, VALUE);
    var one = adapter("one.gguf", 2, 3, 0, QUERY);
    var merged = folder.resolve("merged.gguf");
    LoraMerge.merge(
        List.of(new LoraMerge.Part(both, 0.75f), new LoraMerge.Part(one, -0.5f)), "mix", merged);

    assertEquals(5, LoraAdapter.read(merged).rank());
    assertDoesNotThrow(() -> LoraFit.check(merged, base));
    for (var weight : List.of(QUERY, VALUE)) {
      var expected = TestLora.added(both, weight);
      var second = TestLora.added(one, weight);
      for (int i = 0; i < expected.length; i++) {
        expected[i] = 0.75 * expected[i] - 0.5 * second[i];
      }
      assertArrayEquals(expected, TestLora.added(merged, weight), 1e-5);
    }
  }

  @Test
  void adaptersOfDifferentBasesAreNotMerged() throws Exception {
    var narrow = adapter("narrow.gguf", 1, 2, 4, QUERY);
    var wide = adapter("wide.gguf", 1, 2, 4, new TestLora.Weight(TestLora.QUERY, 16, 6));
    var parts = List.of(new LoraMerge.Part(narrow, 1), new LoraMerge.Part(wide, 1));
    var refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> LoraMerge.merge(parts, "mix", folder.resolve("merged.gguf")));
    assertEquals("the adapters were trained for different bases", refusal.getMessage());
  }
}
