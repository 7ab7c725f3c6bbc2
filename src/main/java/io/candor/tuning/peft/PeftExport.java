package io.candor.tuning.peft;

import io.candor.serving.lora.GgufReader;
import io.candor.serving.lora.LoraAdapter;
import io.candor.serving.lora.LoraAdapter.Matrices;
import io.candor.serving.lora.LoraFit;
import io.candor.serving.lora.Matrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Writes a LoRA adapter as Hugging Face PEFT and vLLM read it; the command line's export uses it.
 * Values stay as they are where all ranks are the same. Else lower ranks are filled up with zeros,
 * which changes nothing but the scale, and that is made good in B: vLLM knows one rank alone.
 */
public final class PeftExport {
  private PeftExport() {}

  /**
   * Writes adapter_config.json and adapter_model.safetensors.
   *
   * @param adapter GGUF file
   * @param base the GGUF file of the model that the adapter is for
   * @param folder is made if it is not there
   * @throws IllegalArgumentException if the adapter does not fit the base, or PEFT has no
   *     counterpart for what it changes
   */
  public static void write(Path adapter, Path base, Path folder) throws IOException {
    LoraFit.check(adapter, base);
    var model = BaseModel.read(base);
    var lora = LoraAdapter.read(adapter);
    int rank = Math.toIntExact(lora.rank());
    float alpha = lora.alpha() == 0 ? rank : lora.alpha();
    var matrices = new LinkedHashMap<String, Matrix>();
    try (var reader = new GgufReader(adapter)) {
      lora.pairs()
          .forEach((weight, pair) -> {
            var b = model.order(weight).toPeft(Matrix.read(reader, pair.b()));
            float factor = lora.scale(pair) / (alpha / rank);
            var filled = filled(new Matrices(Matrix.read(reader, pair.a()), b), rank, factor);
            var module = PeftNames.module(weight);
            matrices.put(PeftImport.tensor(module, "A"), filled.a());
            matrices.put(PeftImport.tensor(module, "B"), filled.b());
          });
    }
    Files.createDirectories(folder);
    SafetensorsWriter.write(folder.resolve(PeftImport.VALUES), matrices);
    PeftConfig.write(folder, rank, alpha, targets(lora.pairs().keySet(), model));
  }

  private static Matrices filled(Matrices pair, int rank, float factor) {
    int missing = rank - pair.a().rows();
    if (missing == 0) {
      return pair;
    }
    var a = new Matrix(pair.a().rowLength(), new float[missing * pair.a().rowLength()]);
    var b = new Matrix(missing, new float[missing * pair.b().rows()]);
    return new Matrices(
        Matrix.below(List.of(pair.a(), a)), Matrix.beside(List.of(pair.b().times(factor), b)));
  }

  /** Names such as q_proj where that is changed in every layer, else each module in full. */
  private static List<String> targets(Collection<String> weights, BaseModel model) {
    var modules = weights.stream().map(PeftNames::module).sorted().toList();
    var counts = new LinkedHashMap<String, Integer>();
    modules.forEach(module -> counts.merge(lastPart(module), 1, Integer::sum));
    boolean everywhere = counts.values().stream().allMatch(count -> count == model.layers());
    return everywhere ? List.copyOf(counts.keySet()) : modules;
  }

  private static String lastPart(String module) {
    return module.substring(module.lastIndexOf('.') + 1);
  }
}
