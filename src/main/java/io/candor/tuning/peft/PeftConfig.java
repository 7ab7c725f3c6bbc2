package io.candor.tuning.peft;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What PEFT's adapter_config.json says of how strongly an adapter works.
 *
 * @param alpha the numerator of the scale
 * @param alphas of modules that have another one, by a regular expression of their names' ends
 * @param stabilised whether the scale is alpha / sqrt(rank) instead of alpha / rank (Kalajdzievski
 *     2023, A Rank Stabilization Scaling Factor for Fine-Tuning with LoRA)
 */
record PeftConfig(float alpha, Map<String, Float> alphas, boolean stabilised) {
  static final String FILE = "adapter_config.json";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** Kinds of adapters that are more than B · A for linear layers, and why they are refused. */
  private static final Map<String, String> REFUSED =
      Map.ofEntries(
          Map.entry("use_dora", "DoRA scales the base's columns, too, which llama.cpp cannot"),
          Map.entry("modules_to_save", "it replaces whole layers of the base"),
          Map.entry("trainable_token_indices", "it replaces tokens' embeddings"),
          Map.entry("layer_replication", "it repeats layers of the base"),
          Map.entry("lora_bias", "it has biases"),
          Map.entry("target_parameters", "it changes parameters that are no linear layers"),
          Map.entry("alora_invocation_tokens", "it works only after certain tokens"),
          Map.entry("arrow_config", "it chooses among several adapters"),
          Map.entry("use_qalora", "QALoRA pools its input, which llama.cpp cannot"));

  /** Other initialisations, such as pissa and olora, change the base's weights as well. */
  private static final Set<String> HARMLESS_STARTS =
      Set.of("true", "false", "gaussian", "eva", "orthogonal");

  /**
   * Reads a folder's configuration. fan_in_fan_out is not looked at: it says how the base's weight
   * lies in memory, not the adapter's.
   *
   * @throws IllegalArgumentException that says what is not supported
   */
  static PeftConfig read(Path folder) throws IOException {
    JsonNode json;
    try {
      json = JSON.readTree(folder.resolve(FILE).toFile());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("%s is not JSON".formatted(FILE), e);
    }
    var type = json.path("peft_type").asText("unknown");
    if (!type.equals("LORA")) {
      throw refused("it is of type %s, not LORA".formatted(type));
    }
    REFUSED.forEach((setting, reason) -> {
      if (isSet(json.path(setting))) {
        throw refused("%s (%s)".formatted(reason, setting));
      }
    });
    if (!json.path("bias").asText("none").equals("none")) {
      throw refused("it changes the base's biases (bias)");
    }
    var start = json.path("init_lora_weights").asText("true");
    if (!HARMLESS_STARTS.contains(start)) {
      throw refused(
          "%s changes the base's weights; save it as plain LoRA, with PEFT's".formatted(start)
              + " path_initial_model_for_weight_conversion (init_lora_weights)");
    }
    if (!json.path("lora_alpha").isNumber()) {
      throw refused("it does not say its lora_alpha");
    }
    var alphas = new LinkedHashMap<String, Float>();
    json.path("alpha_pattern")
        .propertyStream()
        .forEach(entry -> alphas.put(entry.getKey(), entry.getValue().floatValue()));
    return new PeftConfig(
        json.path("lora_alpha").floatValue(), alphas, json.path("use_rslora").asBoolean());
  }

  private static boolean isSet(JsonNode value) {
    return value.isContainerNode()
        ? !value.isEmpty()
        : value.asBoolean(!value.asText("").isEmpty());
  }

  private static IllegalArgumentException refused(String reason) {
    return new IllegalArgumentException("the PEFT adapter cannot be used: " + reason);
  }

  /** What the product of a module's matrices is multiplied with. */
  float scale(String module, int rank) {
    float numerator =
        alphas.entrySet().stream()
            .filter(entry -> module.matches("(.*\\.)?(" + entry.getKey() + ")"))
            .findFirst()
            .map(Map.Entry::getValue)
            .orElse(alpha);
    return numerator / (stabilised ? (float) Math.sqrt(rank) : rank);
  }

  /** Writes the configuration of an adapter that has one rank and one scale. */
  static void write(Path folder, int rank, float alpha, List<String> modules) throws IOException {
    var json = JSON.createObjectNode();
    json.put("peft_type", "LORA").put("task_type", "CAUSAL_LM").putNull("base_model_name_or_path");
    json.put("r", rank);
    if (alpha == Math.rint(alpha)) {
      json.put("lora_alpha", (long) alpha); // PEFT declares a whole number
    } else {
      json.put("lora_alpha", alpha);
    }
    json.put("lora_dropout", 0).put("bias", "none").put("inference_mode", true);
    json.put("fan_in_fan_out", false).put("use_rslora", false).put("use_dora", false);
    modules.forEach(json.putArray("target_modules")::add);
    Files.writeString(folder.resolve(FILE), JSON.writeValueAsString(json) + "\n");
  }
}
