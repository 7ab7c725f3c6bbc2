package io.candor.tuning.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.candor.serving.TokenScores;
import io.candor.serving.lora.GgufReader;
import io.candor.serving.lora.LoraAdapter;
import io.candor.serving.lora.Matrix;
import io.candor.tuning.peft.PeftImport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses and gradients, on small models with random weights. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "no libtorch is fetched")
class LlamaTest {
  private static final List<String> ALL =
      List.of("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down");

  @TempDir private Path scratch;

  /** Threads that wait by spinning take long where other tests run too. */
  @BeforeAll
  static void oneThread() {
    torch.set_num_threads(1);
  }

  private static Path file(String architecture) {
    return Path.of("src/test/resources/peft", architecture, "base.gguf");
  }

  /** What Hugging Face says of tokens with and without an adapter that PEFT trained. */
  record Reference(int[] tokens, List<Double> base, List<Double> adapted) {
    static Reference of(String architecture) throws IOException {
      var file = file(architecture).resolveSibling("expected.json");
      return new ObjectMapper().readValue(file.toFile(), Reference.class);
    }
  }

  private record Model(BaseModel base, Lora lora, Differentiation of) {
    static Model of(String architecture, boolean quantised, double dropout) throws IOException {
      var base = new BaseModel(file(architecture), quantised, ScalarType.Double);
      var settings = new LoraSettings(4, 8, dropout, ALL);
      var lora = new Lora("tested", settings, base.shape(), ScalarType.Double, 3);
      return new Model(base, lora, new Differentiation(base, new Llama(base, lora)));
    }

    /** Without it B is zero, and so is A's gradient. */
    Model randomised() {
      var random = new Random(11);
      for (var parameter : lora.parameters().values()) {
        var values = new float[(int) parameter.numel()];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (random.nextGaussian() * 0.2);
        }
        set(parameter, values);
      }
      return this;
    }
  }

  private static void set(Tensor parameter, float[] values) {
    try (var _ = new PointerScope();
        var _ = new NoGradGuard()) {
      parameter.copy_(Tensors.of(values, parameter.shape()));
    }
  }

  /** Examples of different lengths with a common beginning. */
  private static List<TokenisedExample> examples() {
    var random = new Random(7);
    var shared = random.ints(9, 1, 200).toArray();
    var examples = new ArrayList<TokenisedExample>();
    for (int length : new int[] {17, 21, 22}) {
      var tokens = Arrays.copyOf(shared, length);
      for (int i = shared.length; i < length; i++) {
        tokens[i] = 1 + random.nextInt(199);
      }
      examples.add(new TokenisedExample(tokens, 13));
    }
    return examples;
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "qwen2"})
  void aTokenIsAsLikelyAsHuggingFaceFindsIt(String architecture) throws Exception {
    var expected = Reference.of(architecture);
    try (var _ = new PointerScope()) {
      var model = Model.of(architecture, false, 0);
      var whole = new TokenisedExample(expected.tokens(), 1);
      assertEquals(sum(expected.base()), model.of().loss(Batch.plain(List.of(whole))), 0.01);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "qwen2"})
  void anAdapterDoesHereWhatItDoesInPeftAndInTheEngine(String architecture) throws Exception {
    var expected = Reference.of(architecture);
    var file = scratch.resolve("adapter.gguf");
    var folder = file(architecture).resolveSibling("peft");
    PeftImport.write(folder, file(architecture), "tested", file);
    try (var _ = new PointerScope();
        var reader = new GgufReader(file);
        var engine = new TokenScores(file(architecture))) {
      var base = new BaseModel(file(architecture), false, ScalarType.Double);
      var pairs = LoraAdapter.read(file);
      var targets =
          pairs.pairs().keySet().stream().map(name -> name.split("\\.")[2]).distinct().toList();
      double alpha = pairs.alpha() == 0 ? pairs.rank() : pairs.alpha();
      var settings = new LoraSettings((int) pairs.rank(), alpha, 0, targets);
      var lora = new Lora("read", settings, base.shape(), ScalarType.Double, 1);
      lora.parameters()
          .forEach((name, tensor) ->
              set(tensor, Matrix.read(reader, reader.gguf().tensors().get(name)).values()));
      var batch = Batch.plain(List.of(new TokenisedExample(expected.tokens(), 1)));
      double loss = new Differentiation(base, new Llama(base, lora)).loss(batch);
      assertEquals(sum(expected.adapted()), loss, 0.01);

      var written = scratch.resolve("written.gguf");
      lora.write(written);
      double said = sum(engine.with(written, expected.tokens()));
      assertEquals(loss, said, 0.03 * expected.tokens().length);
    }
  }

  private static double sum(List<Double> logProbabilities) {
    return -logProbabilities.stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Along a random direction in each parameter, in double precision. */
  @ParameterizedTest
  @ValueSource(strings = {"llama", "qwen2"})
  void gradientsAreWhatFiniteDifferencesSay(String architecture) throws Exception {
    try (var _ = new PointerScope()) {
      var model = Model.of(architecture, false, 0).randomised();
      var batch = Batch.of(examples());
      model.of().addGradients(batch, 1, Dropout.NONE);
      var random = new Random(5);
      for (var entry : model.lora().parameters().entrySet()) {
        var parameter = entry.getValue();
        var gradient = Tensors.floats(parameter.grad());
        var direction = new float[gradient.length];
        double expected = 0;
        for (int i = 0; i < direction.length; i++) {
          direction[i] = random.nextBoolean() ? 1 : -1;
          expected += gradient[i] * direction[i];
        }
        double step = 1e-5;
        var along = Tensors.of(direction, parameter.shape()).mul(Tensors.scalar(step));
        move(parameter, along);
        double above = model.of().loss(batch);
        move(parameter, along.neg().mul(Tensors.scalar(2)));
        double below = model.of().loss(batch);
        move(parameter, along);
        assertEquals(
            expected,
            (above - below) / (2 * step),
            1e-4 * Math.max(1, Math.abs(expected)),
            entry.getKey());
      }
    }
  }

  private static void move(Tensor parameter, Tensor along) {
    try (var _ = new NoGradGuard()) {
      parameter.add_(along);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "qwen2"})
  void aSharedPrefixChangesNeitherLossNorGradients(String architecture) throws Exception {
    var shared = Batch.of(examples());
    assertTrue(shared.prefix() >= 9, "prefix " + shared.prefix());
    assertSame(architecture, Batch.plain(examples()), false, shared, false, Dropout.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "qwen2"})
  void aLayerThatIsReadAndComputedAgainGivesTheSameDropoutIncluded(String architecture)
      throws Exception {
    var batch = Batch.of(examples());
    assertSame(architecture, batch, false, batch, true, new Dropout(0.3, 42));
  }

  private static void assertSame(
      String architecture,
      Batch one,
      boolean oneQuantised,
      Batch other,
      boolean otherQuantised,
      Dropout dropout)
      throws IOException {
    try (var _ = new PointerScope()) {
      var a = Model.of(architecture, oneQuantised, dropout.share()).randomised();
      var b = Model.of(architecture, otherQuantised, dropout.share()).randomised();
      double loss = a.of().addGradients(one, 0.5, dropout);
      assertEquals(loss, b.of().addGradients(other, 0.5, dropout), 1e-9 * loss);
      for (var name : a.lora().parameters().keySet()) {
        var gradient = Tensors.floats(a.lora().parameters().get(name).grad());
        var same = Tensors.floats(b.lora().parameters().get(name).grad());
        for (int i = 0; i < gradient.length; i++) {
          assertEquals(gradient[i], same[i], 1e-6 * (1 + Math.abs(gradient[i])), name);
        }
      }
    }
  }
}
