package io.candor.tuning.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.candor.CandorParts;
import io.candor.embedded.CandorHome;
import io.candor.embedded.MavenJars;
import io.candor.knowledge.loading.LoaderProcess;
import io.candor.serving.lora.GgufReader;
import io.candor.serving.lora.GgufWriter;
import io.candor.serving.lora.LoraFit;
import io.candor.tuning.dataset.Dataset;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs in a process of their own, with the parts that tuning fetches, on a small model. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "no libtorch is fetched")
class TrainingRunTest {
  private static final String TEMPLATE =
      "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}";

  @TempDir private static Path shared;
  private static Path base;

  @TempDir private Path scratch;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);

  /** A small model with a chat template. */
  @BeforeAll
  static void writeBase() throws IOException {
    base = shared.resolve("base.gguf");
    try (var reader = new GgufReader(Path.of("src/test/resources/peft/llama/base.gguf"))) {
      var metadata = new LinkedHashMap<String, Object>(reader.entries());
      metadata.put("tokenizer.chat_template", TEMPLATE);
      var weights =
          reader.gguf().tensors().values().stream()
              .map(t ->
                  new GgufWriter.Values(
                      t.name(),
                      t.shape(),
                      reader.rows(t, 0, (int) (t.values() / t.shape().getFirst()))))
              .toList();
      GgufWriter.write(base, metadata, weights);
    }
  }

  private static TrainingRun.Machine machine() {
    var libtorch = MavenJars.libtorch(CandorHome.locate());
    libtorch.fetch(System.out);
    return new TrainingRun.Machine(
        base,
        Path.of(CandorParts.configuration().get("candor.serving.llama-library-path")),
        libtorch.folder(),
        LoaderProcess.classPath(),
        2);
  }

  private Dataset dataset() throws IOException {
    var lines = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      lines.append(
          """
          {"conversation": "c%1$d", "messages": [{"role": "system", "content": "Repeat."}, \
          {"role": "user", "content": "Say %2$s"}, {"role": "assistant", "content": "%2$s [1]"}]}
          """
              .formatted(i, "ab".repeat(1 + i % 4)));
    }
    return Dataset.read(Files.writeString(scratch.resolve("examples.jsonl"), lines));
  }

  private static TrainingSettings settings(int epochs) {
    return new TrainingSettings(
        4, 8, 0.05, List.of("attn_q"), false, false, 0.01, 0.1, 0, 1, epochs, 600, 1, 1, 99, 1);
  }

  private TrainingRun begin(String folder, int epochs) throws IOException {
    return TrainingRun.begin(
        scratch.resolve(folder), "voice", dataset(), settings(epochs), machine(), out);
  }

  @Test
  void aRunLeavesAnAdapterThatFitsAndSaysHowItCameToBe() throws Exception {
    assertTrue(begin("voice", 3).train(machine(), out));

    var folder = scratch.resolve("voice");
    LoraFit.check(folder.resolve("adapter.gguf"), base);
    var run = RunRecord.read(folder);
    assertEquals("voice", run.name());
    assertEquals(dataset().sha256(), run.dataset().sha256());
    assertEquals(settings(3), run.settings());
    assertTrue(run.finished().compareTo(run.started()) >= 0);
    assertEquals(64, run.adapterSha256().length());
    assertEquals(run.curves().train().size(), run.curves().train().getLast().step());
    assertEquals(0, run.curves().validation().getFirst().step());
    assertTrue(Files.readString(folder.resolve("curves.html")).contains("<svg"));
    assertTrue(said.toString(StandardCharsets.UTF_8).contains("tokens/s"));
    assertFalse(Files.readString(folder.resolve("log.txt")).contains("Exception"));
  }

  @Test
  void aKilledRunGoesOnToTheSameAdapter() throws Exception {
    assertTrue(begin("whole", 60).train(machine(), out));
    var run = begin("killed", 60);
    var killer = CompletableFuture.runAsync(this::killAtFirstCheckpoint);
    assertThrows(IllegalStateException.class, () -> run.train(machine(), out));
    killer.join();

    assertTrue(TrainingRun.resume(scratch.resolve("killed")).train(machine(), out));

    assertArrayEquals(
        Files.readAllBytes(scratch.resolve("whole/adapter.gguf")),
        Files.readAllBytes(scratch.resolve("killed/adapter.gguf")));
    var curve = RunRecord.read(scratch.resolve("killed")).curves().train();
    assertEquals(curve.size(), curve.getLast().step());
  }

  private void killAtFirstCheckpoint() {
    var checkpoint = scratch.resolve("killed/checkpoint/state.gguf");
    Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofMinutes(2))
        .until(() -> Files.exists(checkpoint));
    ProcessHandle.current()
        .children()
        .filter(child -> child.info().command().orElse("").endsWith("/java"))
        .forEach(ProcessHandle::destroyForcibly);
  }
}
