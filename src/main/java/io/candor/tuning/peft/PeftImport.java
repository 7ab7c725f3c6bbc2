package io.candor.tuning.peft;

import io.candor.serving.lora.LoraAdapter;
import io.candor.serving.lora.LoraAdapter.Matrices;
import io.candor.serving.lora.LoraFit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Writes the GGUF form of a LoRA adapter that Hugging Face PEFT saved; the command line's import
 * uses it. Values stay as they are where one scale, alpha / rank, holds for all; else the scales
 * are multiplied into B.
 */
public final class PeftImport {
  /** The file of the matrices. */
  public static final String VALUES = "adapter_model.safetensors";

  private static final Pattern TENSOR =
      Pattern.compile("base_model\\.model\\.(.+)\\.lora_([AB])\\.weight");

  /** A module's matrices as PEFT has them. */
  private record Module(String name, Matrices matrices) {
    int rank() {
      return matrices.a().rows();
    }
  }

  private PeftImport() {}

  /** Whether a folder holds what PEFT saved. */
  public static boolean isPeft(Path folder) {
    return Files.isRegularFile(folder.resolve(PeftConfig.FILE));
  }

  /**
   * Writes the GGUF form.
   *
   * @param folder with adapter_config.json and adapter_model.safetensors
   * @param base the GGUF file of the model that the adapter is for
   * @throws IllegalArgumentException that says why it cannot be used with that base
   */
  public static void write(Path folder, Path base, String name, Path out) throws IOException {
    var config = PeftConfig.read(folder);
    var model = BaseModel.read(base);
    var modules = modules(folder);
    boolean oneScale =
        modules.values().stream()
            .allMatch(module ->
                config.scale(module.name(), module.rank()) == config.alpha() / module.rank());
    var pairs = new LinkedHashMap<String, Matrices>();
    modules.forEach((weight, module) -> {
      var b = model.order(weight).toGguf(module.matrices().b());
      float scale = config.scale(module.name(), module.rank());
      pairs.put(weight, new Matrices(module.matrices().a(), oneScale ? b : b.times(scale)));
    });
    // llama.cpp takes an alpha of 0 as a scale of 1
    LoraAdapter.write(out, name, model.architecture(), oneScale ? config.alpha() : 0, pairs);
    LoraFit.check(out, base);
  }

  private static Map<String, Module> modules(Path folder) throws IOException {
    var file = folder.resolve(VALUES);
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "%s has no %s: save the adapter with safe_serialization".formatted(folder, VALUES));
    }
    var modules = new TreeMap<String, Module>();
    try (var values = new Safetensors(file)) {
      for (var name : values.names()) {
        var tensor = TENSOR.matcher(name);
        if (!tensor.matches()) {
          throw new IllegalArgumentException(
              "the PEFT adapter has %s, which is no LoRA matrix of a linear layer".formatted(name));
        }
        var module = tensor.group(1);
        modules.computeIfAbsent(PeftNames.weight(module), weight -> module(values, module));
      }
    }
    if (modules.isEmpty()) {
      throw new IllegalArgumentException("the PEFT adapter changes no weight");
    }
    return modules;
  }

  private static Module module(Safetensors values, String name) {
    var a = values.matrix(tensor(name, "A"));
    var b = values.matrix(tensor(name, "B"));
    if (a.rows() != b.rowLength()) {
      throw new IllegalArgumentException(
          "%s has ranks of %d and %d".formatted(name, a.rows(), b.rowLength()));
    }
    return new Module(name, new Matrices(a, b));
  }

  static String tensor(String module, String matrix) {
    return "base_model.model.%s.lora_%s.weight".formatted(module, matrix);
  }
}
