package io.candor.tuning.peft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.candor.serving.TokenScores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An adapter that Hugging Face PEFT trained says here what it says there. src/test/python's
 * peft_check.py made the folders with what PEFT's log-probabilities are.
 */
class PeftInteropTest {
  /** What the engine rounds: it keeps keys in 8 bits, values in 16. */
  private static final double ROUNDING = 0.03;

  @TempDir private Path scratch;

  /** What PEFT says of tokens, each but the first, without and with the adapter. */
  record Expected(int[] tokens, List<Double> base, List<Double> adapted) {
    static Expected read(Path folder) throws IOException {
      return new ObjectMapper().readValue(folder.resolve("expected.json").toFile(), Expected.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "qwen2"})
  void anAdapterTrainedByPeftSaysTheSameHere(String architecture) throws Exception {
    var folder = Path.of("src/test/resources/peft", architecture);
    var expected = Expected.read(folder);
    var adapter = scratch.resolve("adapter.gguf");
    PeftImport.write(folder.resolve("peft"), folder.resolve("base.gguf"), "tested", adapter);
    try (var engine = new TokenScores(folder.resolve("base.gguf"))) {
      assertTrue(difference(expected.base(), expected.adapted()) > 20 * ROUNDING);
      assertEquals(0, difference(expected.base(), engine.of(expected.tokens())), ROUNDING);
      var adapted = engine.with(adapter, expected.tokens());
      assertEquals(0, difference(expected.adapted(), adapted), ROUNDING);
    }
  }

  /** The mean over the tokens. */
  private static double difference(List<Double> a, List<Double> b) {
    assertEquals(a.size(), b.size());
    return IntStream.range(0, a.size())
        .mapToDouble(i -> Math.abs(a.get(i) - b.get(i)))
        .average()
        .orElseThrow();
  }

  /** Leaves beside a large model what peft_check.py compares with PEFT. */
  @Test
  @EnabledIfEnvironmentVariable(named = "CANDOR_PEFT_CHECK", matches = ".+")
  void adaptersOfALargeModelAreWrittenToBeCompared() throws Exception {
    var folder = Path.of(System.getenv("CANDOR_PEFT_CHECK"));
    var base = folder.resolve("base.gguf");
    var expected = Expected.read(folder);
    var imported = folder.resolve("imported.gguf");
    var exported = folder.resolve("exported.gguf");
    PeftImport.write(folder.resolve("peft"), base, "imported", imported);
    if (!Files.exists(exported)) {
      RandomAdapter.write(base, exported);
    }
    PeftExport.write(exported, base, folder.resolve("exported"));
    try (var engine = new TokenScores(base)) {
      var scores = new LinkedHashMap<String, List<Double>>();
      scores.put("base", engine.of(expected.tokens()));
      scores.put("imported", engine.with(imported, expected.tokens()));
      scores.put("exported", engine.with(exported, expected.tokens()));
      new ObjectMapper().writeValue(folder.resolve("scores.json").toFile(), scores);
      System.out.println("base " + difference(expected.base(), scores.get("base")));
      System.out.println("adapted " + difference(expected.adapted(), scores.get("imported")));
    }
  }
}
