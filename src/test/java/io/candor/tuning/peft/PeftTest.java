package io.candor.tuning.peft;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.candor.serving.lora.GgufReader;
import io.candor.serving.lora.LoraAdapter;
import io.candor.serving.lora.LoraAdapter.Matrices;
import io.candor.serving.lora.Matrix;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Adapters out to PEFT and in again; what cannot be taken over is refused with the reason. */
class PeftTest {
  private static final Path RESOURCES = Path.of("src/test/resources/peft");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String QUERY = "blk.0.attn_q.weight";
  private static final String VALUE = "blk.1.attn_v.weight";
  private static final String FIRST =
      "base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight";

  @TempDir private Path folder;
  private final Path base = RESOURCES.resolve("llama/base.gguf");
  private Path peft;

  @BeforeEach
  void copyAnAdapter() throws IOException {
    peft = Files.createDirectories(folder.resolve("peft"));
    for (var file : List.of(PeftConfig.FILE, PeftImport.VALUES)) {
      Files.copy(RESOURCES.resolve("llama/peft").resolve(file), peft.resolve(file));
    }
  }

  private Path imported() throws IOException {
    var out = folder.resolve("imported.gguf");
    PeftImport.write(peft, base, "tested", out);
    return out;
  }

  private void configure(Consumer<ObjectNode> change) throws IOException {
    var file = peft.resolve(PeftConfig.FILE).toFile();
    var config = (ObjectNode) JSON.readTree(file);
    change.accept(config);
    JSON.writeValue(file, config);
  }

  private static Map<String, float[]> values(Path gguf) throws IOException {
    try (var reader = new GgufReader(gguf)) {
      var values = new LinkedHashMap<String, float[]>();
      reader
          .gguf()
          .tensors()
          .forEach((name, tensor) -> values.put(name, Matrix.read(reader, tensor).values()));
      return values;
    }
  }

  private static Map<String, Matrix> matrices(Path safetensors) throws IOException {
    try (var file = new Safetensors(safetensors)) {
      var matrices = new LinkedHashMap<String, Matrix>();
      file.names().forEach(name -> matrices.put(name, file.matrix(name)));
      return matrices;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "qwen2"})
  void anAdapterThatGoesOutAndComesInIsTheSame(String architecture) throws Exception {
    var model = RESOURCES.resolve(architecture).resolve("base.gguf");
    var adapter = folder.resolve("random.gguf");
    var back = folder.resolve("back.gguf");
    RandomAdapter.write(model, adapter, 3, 7.5f);
    PeftExport.write(adapter, model, folder.resolve("out"));
    PeftImport.write(folder.resolve("out"), model, "random", back);

    assertEquals(7.5f, LoraAdapter.read(back).alpha());
    var expected = values(adapter);
    var actual = values(back);
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach((name, values) -> assertArrayEquals(values, actual.get(name), name));
  }

  @Test
  void anAdapterOfPeftThatComesInAndGoesOutIsTheSame() throws Exception {
    PeftExport.write(imported(), base, folder.resolve("out"));
    var expected = matrices(peft.resolve(PeftImport.VALUES));
    var actual = matrices(folder.resolve("out").resolve(PeftImport.VALUES));
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach(
        (name, matrix) -> assertArrayEquals(matrix.values(), actual.get(name).values(), name));
    var config = JSON.readTree(folder.resolve("out").resolve(PeftConfig.FILE).toFile());
    assertEquals(2, config.path("r").asInt());
    assertEquals(6, config.path("lora_alpha").asInt());
    assertEquals(7, config.path("target_modules").size());
  }

  @Test
  void otherScalesOfSomeModulesAreMultipliedIn() throws Exception {
    var before = values(imported());
    configure(config -> config.putObject("alpha_pattern").put("layers.0.self_attn.q_proj", 60));
    var after = imported();
    assertEquals(0, LoraAdapter.read(after).alpha());
    var scaled = values(after);
    assertArrayEquals(times(before.get(QUERY + ".lora_b"), 30), scaled.get(QUERY + ".lora_b"));
    assertArrayEquals(times(before.get(VALUE + ".lora_b"), 3), scaled.get(VALUE + ".lora_b"));
    assertArrayEquals(before.get(VALUE + ".lora_a"), scaled.get(VALUE + ".lora_a"));
  }

  private static float[] times(float[] values, float factor) {
    return new Matrix(1, values).times(factor).values();
  }

  @Test
  void lowerRanksGoOutFilledUpToTheHighest() throws Exception {
    var adapter = folder.resolve("ranks.gguf");
    var pairs = new LinkedHashMap<String, Matrices>();
    pairs.put(QUERY, new Matrices(matrix(32, 4, 1), matrix(4, 128, 2)));
    pairs.put(VALUE, new Matrices(matrix(32, 1, 3), matrix(1, 64, 4)));
    LoraAdapter.write(adapter, "ranks", "llama", 8, pairs);
    PeftExport.write(adapter, base, folder.resolve("out"));

    var out = matrices(folder.resolve("out").resolve(PeftImport.VALUES));
    var name = "base_model.model.model.layers.1.self_attn.v_proj.lora_";
    var a = out.get(name + "A.weight");
    var b = out.get(name + "B.weight");
    assertEquals(4, a.rows());
    // alpha / rank is 8 for a rank of 1 and 2 for a rank of 4
    var expected = pairs.get(VALUE).b().times(4);
    for (int row = 0; row < b.rows(); row++) {
      assertEquals(expected.values()[row], b.values()[row * 4]);
      assertEquals(0, b.values()[row * 4 + 1]);
    }
    var config = JSON.readTree(folder.resolve("out").resolve(PeftConfig.FILE).toFile());
    assertEquals(
        "[\"model.layers.0.self_attn.q_proj\",\"model.layers.1.self_attn.v_proj\"]",
        config.path("target_modules").toString());
  }

  private static Matrix matrix(int rowLength, int rows, long seed) {
    var values = new float[rowLength * rows];
    var random = new Random(seed);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return new Matrix(rowLength, values);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          peft_type          | "IA3"                 | of type IA3, not LORA
          use_dora           | true                  | DoRA
          modules_to_save    | ["lm_head"]           | replaces whole layers
          lora_bias          | true                  | it has biases
          bias               | "all"                 | the base's biases
          init_lora_weights  | "pissa"               | pissa changes the base's weights
          layer_replication  | [[0, 2], [1, 2]]      | repeats layers
          target_parameters  | ["mlp.experts.down"]  | no linear layers
          lora_alpha         | null                  | lora_alpha
          """)
  void whatIsMoreThanLoraIsRefusedWithTheReason(String setting, String value, String reason)
      throws Exception {
    var json = JSON.readTree(value);
    configure(config -> config.set(setting, json));
    assertRefused(reason);
  }

  @Test
  void tensorsThatAreNotOfLinearLayersAreRefused() throws Exception {
    var embeddings = "base_model.model.model.embed_tokens.lora_embedding_A";
    SafetensorsWriter.write(peft.resolve(PeftImport.VALUES), Map.of(embeddings, matrix(2, 2, 1)));
    assertRefused("embed_tokens.lora_embedding_A, which is no LoRA matrix");

    var norm = "base_model.model.model.layers.0.mlp.experts.1.w1.lora_A.weight";
    SafetensorsWriter.write(peft.resolve(PeftImport.VALUES), Map.of(norm, matrix(2, 2, 1)));
    assertRefused("changes model.layers.0.mlp.experts.1.w1; only the linear layers");

    SafetensorsWriter.write(peft.resolve(PeftImport.VALUES), Map.of(FIRST, matrix(2, 2, 1)));
    assertRefused("q_proj.lora_B.weight is not a matrix");
  }

  @Test
  void anAdapterOfAnotherBaseIsRefused() throws Exception {
    var b = FIRST.replace("lora_A", "lora_B");
    var narrow = Map.of(FIRST, matrix(16, 2, 1), b, matrix(2, 64, 1));
    SafetensorsWriter.write(peft.resolve(PeftImport.VALUES), narrow);
    assertRefused("the adapter's blk.0.attn_q.weight has the shapes [16, 2] and [2, 64]");

    var odd = Map.of(FIRST, matrix(32, 2, 1), b, matrix(2, 63, 1));
    SafetensorsWriter.write(peft.resolve(PeftImport.VALUES), odd);
    assertRefused("has 63 rows for 4 heads");
  }

  @Test
  void pickledAdaptersAreRefused() throws Exception {
    Files.move(peft.resolve(PeftImport.VALUES), peft.resolve("adapter_model.bin"));
    assertRefused("save the adapter with safe_serialization");
  }

  private void assertRefused(String reason) {
    var refusal = assertThrows(IllegalArgumentException.class, this::imported);
    assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
  }

  @Test
  void halfPrecisionIsRead() throws Exception {
    var header =
        """
        {"h":{"dtype":"F16","shape":[1,2],"data_offsets":[0,4]},\
        "b":{"dtype":"BF16","shape":[2,1],"data_offsets":[4,8]}}\
        """;
    var file = folder.resolve("half.safetensors");
    var out = new ByteArrayOutputStream();
    out.write(new byte[] {(byte) header.length(), 0, 0, 0, 0, 0, 0, 0});
    out.write(header.getBytes());
    out.write(new byte[] {0x00, 0x3c, 0x00, (byte) 0xc0}); // 1 and -2
    out.write(new byte[] {(byte) 0x80, 0x3f, 0x40, (byte) 0xc0}); // 1 and -3
    Files.write(file, out.toByteArray());
    try (var read = new Safetensors(file)) {
      assertArrayEquals(new float[] {1, -2}, read.matrix("h").values());
      assertArrayEquals(new float[] {1, -3}, read.matrix("b").values());
    }
  }

  @Test
  void aFileCutOffAnywhereOrDamagedIsRefusedOrReadButNeverWorse() throws Exception {
    var file = peft.resolve(PeftImport.VALUES);
    var whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length += 97) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThrows(IllegalArgumentException.class, this::imported, length + " bytes");
    }
    var random = new Random(3);
    int refused = 0;
    for (int i = 0; i < 500; i++) {
      var damaged = whole.clone();
      for (int j = 0; j < 3; j++) {
        damaged[random.nextInt(2000)] = (byte) random.nextInt();
      }
      Files.write(file, damaged);
      try {
        imported();
      } catch (IllegalArgumentException e) {
        refused++;
      }
    }
    assertTrue(refused > 300, refused + " of 500 were refused");
  }
}
